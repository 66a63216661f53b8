package org.earnest.payments.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.earnest.core.chain.Hash32;

/** Who is paying just now: so many at once on a route, and one for each request. */
final class InFlight {
  /** How long a payment waits for others on its route. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition left = lock.newCondition();
  private final Map<Hash32, Integer> onRoute = new HashMap<>();
  private final Set<Hash32> purchases = new HashSet<>();

  /** False when others took too long; otherwise it is to be {@link #leave left}. */
  boolean enter(Purchase purchase, int most, Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = patience.toNanos();
      while (isTaken(purchase, most)) {
        if (nanos <= 0) {
          return false;
        }
        nanos = left.awaitNanos(nanos);
      }
      purchases.add(purchase.id());
      onRoute.merge(purchase.route(), 1, Integer::sum);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isTaken(Purchase purchase, int most) {
    return purchases.contains(purchase.id()) || onRoute.getOrDefault(purchase.route(), 0) >= most;
  }

  void leave(Purchase purchase) {
    lock.lock();
    try {
      purchases.remove(purchase.id());
      onRoute.computeIfPresent(purchase.route(), (route, some) -> some == 1 ? null : some - 1);
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
