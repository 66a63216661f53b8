package org.earnest.bindings.rpc;

import java.time.Duration;

/** When a call must have ended, with everything that is done for it. */
record Deadline(long endNanos) {
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  boolean passed() {
    return left().isNegative() || left().isZero();
  }

  /** What is left, or this much. */
  Duration atMost(Duration limit) {
    Duration left = left();
    return left.compareTo(limit) < 0 ? left : limit;
  }

  Duration left() {
    return Duration.ofNanos(endNanos - System.nanoTime());
  }
}
