package org.earnest.core.reputation;

import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.identity.AgentId;

/** Reads settled reputation. */
public interface ReputationReader {
  /** The summary of one epoch; {@link SettledSummary#NONE} where nothing was settled. */
  SettledSummary settled(AgentId agent, long epoch, EvmAddress token, Hash32 tag);
}
