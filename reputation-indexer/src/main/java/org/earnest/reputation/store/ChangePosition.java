package org.earnest.reputation.store;

import org.earnest.core.chain.BlockRef;

/**
 * Where a listener is: it was told everything up to here.
 *
 * @param logIndex of the block's last log that was told of
 * @param rank of that log's last change, as one log may change several things
 */
public record ChangePosition(BlockRef block, int logIndex, int rank) {
  /** After all of a block. */
  public static ChangePosition after(BlockRef block) {
    return new ChangePosition(block, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }
}
