package org.earnest.cli.indexer;

import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.kit.follow.FollowFigures;
import org.earnest.kit.follow.FollowHaltedException;
import org.earnest.reputation.ReputationIndexer;
import org.earnest.reputation.chain.FollowedContracts;

/**
 * One chain that is followed.
 *
 * @param fromBlock the first block whose logs are wanted
 */
public record FollowedChain(
    FollowedContracts contracts, long fromBlock, ReputationIndexer indexer) {
  public Caip2ChainId chain() {
    return contracts.chain();
  }

  public FollowFigures figures() {
    return indexer.figures();
  }

  /** Why it stopped for good. */
  public Optional<FollowHaltedException> halted() {
    return indexer.halted();
  }
}
