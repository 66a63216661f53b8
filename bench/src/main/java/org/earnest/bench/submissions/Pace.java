package org.earnest.bench.submissions;

import java.time.Duration;
import org.earnest.devnet.MiningMode;

/**
 * When the chain makes blocks.
 *
 * @param blockTime zero for a block with every transaction, at once
 */
public record Pace(Duration blockTime) {
  /** As written on a command line: {@code automine}, or the seconds between two blocks. */
  public static Pace parse(String text) {
    if (text.equals("automine")) {
      return new Pace(Duration.ZERO);
    }
    try {
      Duration time = Duration.ofSeconds(Long.parseLong(text));
      if (time.isPositive()) {
        return new Pace(time);
      }
    } catch (NumberFormatException e) {
      // The message below says it better.
    }
    throw new IllegalArgumentException("a pace is automine, or seconds between blocks: " + text);
  }

  boolean atOnce() {
    return blockTime.isZero();
  }

  MiningMode mode() {
    return atOnce() ? MiningMode.automatic() : MiningMode.every(blockTime);
  }

  @Override
  public String toString() {
    return atOnce() ? "automine" : blockTime.toSeconds() + " s blocks";
  }
}
