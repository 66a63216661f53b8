package org.earnest.kit.follow;

import java.util.OptionalLong;
import org.earnest.core.chain.BlockRef;

/**
 * A block and when it was made.
 *
 * @param time in seconds since 1970; empty where nobody told it yet
 */
public record TimedBlock(BlockRef block, OptionalLong time) {
  public static TimedBlock untold(BlockRef block) {
    return new TimedBlock(block, OptionalLong.empty());
  }

  /** Its own time, or else that one. */
  TimedBlock or(OptionalLong other) {
    return time.isPresent() ? this : new TimedBlock(block, other);
  }
}
