package org.earnest.bench.reorg;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Between two looks. */
final class Pauses {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration BLINK = Duration.ofMillis(1);

  private Pauses() {}

  static void shortly() {
    LockSupport.parkNanos(SHORT.toNanos());
  }

  static void blink() {
    LockSupport.parkNanos(BLINK.toNanos());
  }
}
