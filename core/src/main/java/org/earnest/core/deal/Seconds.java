package org.earnest.core.deal;

import java.time.Duration;

/** Durations as the contract counts them. */
final class Seconds {
  private Seconds() {}

  /** Nothing is cut off: what is signed is what was said. */
  static long of(Duration time, String member) {
    if (time.getNano() != 0) {
      throw new IllegalArgumentException(member + " is no whole number of seconds: " + time);
    }
    return time.getSeconds();
  }
}
