package org.earnest.core.reputation;

import java.util.List;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.AgentId;

/**
 * What an agent settled under its present owner, as of one block.
 *
 * @param owner who owns it at that block
 * @param epoch changes of owner before
 * @param totals as payee, one for each token
 * @param at a final block
 */
public record ReputationStatement(
    AgentId agent, EvmAddress owner, long epoch, List<Total> totals, BlockRef at) {
  public ReputationStatement {
    totals = List.copyOf(totals);
  }

  /** What was settled in one token. */
  public record Total(Caip19AssetId asset, SettledSummary summary) {}
}
