package org.earnest.core.reputation;

import java.util.Optional;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.identity.AgentId;

/** Reads settled reputation. */
public interface ReputationReader {
  /** The summary of one epoch; {@link SettledSummary#NONE} where nothing was settled. */
  SettledSummary settled(AgentId agent, long epoch, EvmAddress token, Hash32 tag);

  /**
   * What an agent earned as payee under its present owner in one token, whatever the tags, as of
   * the newest block that was read.
   *
   * @return {@link SettledSummary#NONE} where nothing was settled or nobody is registered; empty
   *     where nobody can say: of a registry, chain or escrow that is not followed, before it was
   *     read, and when the newest block that was read is old
   */
  Optional<SettledSummary> earned(AgentId agent, Caip19AssetId asset);
}
