package org.earnest.kit.follow;

import java.util.Optional;

/**
 * How far a follower is and how fast, for people and for meters.
 *
 * @param chainId CAIP-2
 * @param fromBlock the first block whose logs are wanted
 * @param block the last whose logs are in
 * @param head the chain's newest when it last answered
 * @param finalized the newest final one, where the node tells
 * @param lagBlocks how many the index is behind
 * @param lagSeconds the same by the blocks' own times
 * @param percent of the blocks that are wanted, 0 to 100; 100 at the head alone
 * @param events taken in since the start, those included that were undone later
 * @param eventsPerSecond over the last seconds
 * @param etaSeconds until the head is reached at the speed of the last seconds; 0 at the head
 * @param reorganisations since the start
 * @param fault why it does not move, in one sentence
 */
public record FollowFigures(
    String chainId,
    long fromBlock,
    Optional<Long> block,
    Optional<Long> head,
    Optional<Long> finalized,
    Optional<Long> lagBlocks,
    Optional<Long> lagSeconds,
    Optional<Double> percent,
    long events,
    double eventsPerSecond,
    Optional<Long> etaSeconds,
    long reorganisations,
    Optional<String> fault) {
  /** Whether the newest block is in. */
  public boolean atHead() {
    return lagBlocks.filter(behind -> behind == 0).isPresent();
  }
}
