package org.earnest.reputation.store;

import org.earnest.core.chain.BlockRef;

/**
 * Where a listener is: it was told everything up to here.
 *
 * @param rewinds how often the index had gone back when it was told, as blocks that were undone may
 *     be read again with more logs than before
 * @param logIndex of the block's last log that was told of
 * @param rank of that log's last change, as one log may change several things
 */
public record ChangePosition(BlockRef block, long rewinds, int logIndex, int rank) {
  /** After all of a block. */
  public static ChangePosition after(BlockRef block, long rewinds) {
    return new ChangePosition(block, rewinds, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }
}
