package org.earnest.payments.server;

import java.time.Duration;

/**
 * The time that a request may take, its handler's included: what that leaves is for settling. It
 * ends before a host ends the request, so that how far a payment is can be stored in peace. Nothing
 * ends a handler; after a slow one a settlement still gets {@link #LEAST}.
 */
final class TimeBudget {
  /** Of a whole request; a host allows 30 s. */
  static final Duration REQUEST = Duration.ofSeconds(25);

  /** What a call gets however late it is. */
  static final Duration LEAST = Duration.ofSeconds(1);

  private final long endNanos;

  TimeBudget(Duration total) {
    this.endNanos = System.nanoTime() + total.toNanos();
  }

  boolean isOver() {
    return endNanos - System.nanoTime() <= 0;
  }

  /** What is left, and never less than {@link #LEAST}. */
  Duration left() {
    Duration left = Duration.ofNanos(endNanos - System.nanoTime());
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }
}
