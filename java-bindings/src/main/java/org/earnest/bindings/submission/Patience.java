package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** How long somebody waits, looking again at growing intervals. */
final class Patience {
  private static final Duration FIRST_INTERVAL = Duration.ofMillis(10);

  private final long endNanos;
  private final Duration longest;
  private Duration next = FIRST_INTERVAL;

  Patience(Duration total, Duration longestInterval) {
    this(System.nanoTime() + total.toNanos(), longestInterval);
  }

  private Patience(long endNanos, Duration longestInterval) {
    this.endNanos = endNanos;
    this.longest = longestInterval;
  }

  /** The same end for another wait, which begins with short intervals. */
  Patience anew() {
    return new Patience(endNanos, longest);
  }

  /** The same end, or an earlier one. */
  Patience atMost(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    return new Patience(end - endNanos < 0 ? end : endNanos, longest);
  }

  /**
   * Takes the lock if it comes free in time.
   *
   * @return false when patience has ended, or the thread was interrupted
   */
  boolean lock(Lock lock) {
    try {
      return lock.tryLock(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Waits until the next look.
   *
   * @return false when patience has ended, or the thread was interrupted
   */
  boolean pause() {
    long left = endNanos - System.nanoTime();
    if (left <= 0) {
      return false;
    }
    try {
      Thread.sleep(Duration.ofNanos(Math.min(left, next.toNanos())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    next = next.multipliedBy(2).compareTo(longest) < 0 ? next.multipliedBy(2) : longest;
    return true;
  }
}
