package org.earnest.payments.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.earnest.core.chain.Hash32;

/**
 * Who is paying just now: so many at once on a route, one for each request, and one that brings a
 * permit of an account.
 */
final class InFlight {
  /** How long a payment waits for others on its route. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition left = lock.newCondition();
  private final Map<Hash32, Integer> onRoute = new HashMap<>();
  private final Set<Hash32> purchases = new HashSet<>();
  private final Set<Permits.Turn> permits = new HashSet<>();

  /** False when others took too long; otherwise it is to be {@link #leave left}. */
  boolean enter(Purchase purchase, int most, Duration patience) throws InterruptedException {
    return enter(
        patience,
        () -> isTaken(purchase, most),
        () -> {
          purchases.add(purchase.id());
          onRoute.merge(purchase.route(), 1, Integer::sum);
        });
  }

  /** The same for a payment with a permit. */
  boolean enter(Permits.Turn permit, Duration patience) throws InterruptedException {
    return enter(patience, () -> permits.contains(permit), () -> permits.add(permit));
  }

  private boolean enter(Duration patience, BooleanSupplier taken, Runnable take)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = patience.toNanos();
      while (taken.getAsBoolean()) {
        if (nanos <= 0) {
          return false;
        }
        nanos = left.awaitNanos(nanos);
      }
      take.run();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isTaken(Purchase purchase, int most) {
    return purchases.contains(purchase.id()) || onRoute.getOrDefault(purchase.route(), 0) >= most;
  }

  void leave(Purchase purchase) {
    leave(
        () -> {
          purchases.remove(purchase.id());
          onRoute.computeIfPresent(purchase.route(), (route, some) -> some == 1 ? null : some - 1);
        });
  }

  void leave(Permits.Turn permit) {
    leave(() -> permits.remove(permit));
  }

  private void leave(Runnable leaving) {
    lock.lock();
    try {
      leaving.run();
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
