package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** How long somebody waits, looking again at growing intervals. */
final class Patience {
  private static final Duration FIRST_INTERVAL = Duration.ofMillis(5);

  private final Ticks ticks;
  private final long endNanos;
  private final Duration longest;
  private Duration next = FIRST_INTERVAL;

  Patience(Duration total, Duration longestInterval, Ticks ticks) {
    this(ticks.nanos() + total.toNanos(), longestInterval, ticks);
  }

  private Patience(long endNanos, Duration longestInterval, Ticks ticks) {
    this.ticks = ticks;
    this.endNanos = endNanos;
    this.longest = longestInterval;
  }

  /** The same end for another wait, which begins with short intervals. */
  Patience anew() {
    return new Patience(endNanos, longest, ticks);
  }

  /** The same end, or an earlier one. */
  Patience atMost(Duration limit) {
    long end = ticks.nanos() + limit.toNanos();
    return new Patience(end - endNanos < 0 ? end : endNanos, longest, ticks);
  }

  /**
   * Takes the lock if it comes free in time.
   *
   * @return false when patience has ended, or the thread was interrupted
   */
  boolean lock(Lock lock) {
    try {
      return lock.tryLock(endNanos - ticks.nanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean ended() {
    return endNanos - ticks.nanos() <= 0;
  }

  /**
   * Waits until the next look.
   *
   * @return false when patience has ended, or the thread was interrupted
   */
  boolean pause() {
    long left = endNanos - ticks.nanos();
    if (left <= 0) {
      return false;
    }
    try {
      ticks.sleep(Duration.ofNanos(Math.min(left, next.toNanos())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    next = next.multipliedBy(2).compareTo(longest) < 0 ? next.multipliedBy(2) : longest;
    return true;
  }
}
