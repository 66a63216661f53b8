package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Reconciles for all who wait, one at a time and not too often. */
final class Upkeep {
  /** For the turn to send; whoever waits for a receipt must not wait long for that. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ReentrantLock turn = new ReentrantLock();
  private final Reconciler reconciler;
  private final Duration interval;
  private long last = System.nanoTime();

  Upkeep(Reconciler reconciler, Duration interval) {
    this.reconciler = reconciler;
    this.interval = interval;
  }

  /** Does nothing while another thread is at it, or was within the interval. */
  void tend(Patience waiting) {
    if (!turn.tryLock()) {
      return;
    }
    try {
      if (System.nanoTime() - last >= interval.toNanos()) {
        last = System.nanoTime();
        reconciler.reconcile(waiting.atMost(PATIENCE));
      }
    } finally {
      turn.unlock();
    }
  }
}
