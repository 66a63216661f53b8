package org.earnest.reputation.store;

import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.jdbi.v3.core.Handle;

/**
 * When something was logged, in seconds since 1970.
 *
 * @param from at this time or later
 * @param to earlier than this, so that spans side by side share nothing
 */
public record TimeSpan(Optional<Long> from, Optional<Long> to) {
  public static final TimeSpan ALWAYS = new TimeSpan(Optional.empty(), Optional.empty());

  BlockSpan blocks(BlockTimes times, Handle handle, BlockRef head) {
    return new BlockSpan(
        from.map(time -> times.firstAt(handle, head, time)),
        to.map(time -> times.firstAt(handle, head, time)));
  }
}
