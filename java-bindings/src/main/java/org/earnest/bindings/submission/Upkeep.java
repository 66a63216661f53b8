package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.concurrent.locks.Lock;

/** Reconciles for all who wait, one at a time and not too often. */
final class Upkeep {
  /** For the turn to send; whoever waits for a receipt must not wait long for that. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Lock turn;
  private final Reconciler reconciler;
  private final Duration interval;
  private final Ticks ticks;
  private long last;

  Upkeep(Reconciler reconciler, Duration interval, Ticks ticks) {
    this.reconciler = reconciler;
    this.interval = interval;
    this.ticks = ticks;
    this.turn = ticks.lock(false);
    this.last = ticks.nanos();
  }

  /** Does nothing while another thread is at it, or was within the interval. */
  void tend(Patience waiting) {
    if (!turn.tryLock()) {
      return;
    }
    try {
      if (ticks.nanos() - last >= interval.toNanos()) {
        last = ticks.nanos();
        reconciler.reconcile(waiting.atMost(PATIENCE));
      }
    } finally {
      turn.unlock();
    }
  }
}
