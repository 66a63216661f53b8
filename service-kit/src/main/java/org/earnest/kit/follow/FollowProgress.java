package org.earnest.kit.follow;

import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.earnest.kit.http.Readiness;

/**
 * How far a follower is.
 *
 * @param cursor the last block whose logs are in
 * @param head the chain's newest block when it last answered
 * @param finalized height of the newest finalized block, where the node tells
 * @param fault why it does not move, in one sentence
 */
public record FollowProgress(
    Optional<BlockRef> cursor,
    Optional<BlockRef> head,
    Optional<Long> finalized,
    Optional<String> fault) {
  /** A follower that is further behind than this is not ready. */
  public static final long MAX_READY_LAG = 8;

  static final FollowProgress NONE =
      new FollowProgress(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Blocks that the cursor is behind the head; empty before the first look. */
  public Optional<Long> lag() {
    return head.flatMap(top -> cursor.map(at -> Math.max(0, top.number() - at.number())));
  }

  public Readiness readiness() {
    if (fault.isPresent()) {
      return Readiness.notReady(fault.get());
    }
    return lag()
        .map(
            lag ->
                lag <= MAX_READY_LAG
                    ? Readiness.ready()
                    : Readiness.notReady(lag + " blocks behind the chain's head"))
        .orElseGet(() -> Readiness.notReady("has not looked at the chain yet"));
  }
}
