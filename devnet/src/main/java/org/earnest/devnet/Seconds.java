package org.earnest.devnet;

import java.time.Duration;

/** A chain counts whole seconds; anvil's interval does, too. */
final class Seconds {
  private Seconds() {}

  static long atLeastOne(Duration time) {
    if (time.toSeconds() < 1 || time.toNanosPart() != 0) {
      throw new IllegalArgumentException("whole seconds, at least 1: " + time);
    }
    return time.toSeconds();
  }
}
