package org.earnest.reputation.store;

import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainUnavailableException;
import org.jdbi.v3.core.Handle;

/** Finds blocks by their times. */
public interface BlockTimes {
  /**
   * The height from which on all blocks that the index knows up to the head were made at a time or
   * later.
   *
   * @param time in seconds since 1970
   * @throws ChainUnavailableException when nobody tells when blocks were made
   */
  long firstAt(Handle handle, BlockRef head, long time);
}
