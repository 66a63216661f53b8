package org.earnest.bench.engine;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.earnest.bench.engine.Orders.Trap;

/** Stops the first thread that comes to the armed point, and says so. */
final class Stop {
  private final Optional<Trap> trap;
  private final Words words;
  private final AtomicInteger left;
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile boolean reconciled;
  private volatile boolean amidNewWork;

  Stop(Optional<Trap> trap, Words words) {
    this.trap = trap;
    this.words = words;
    this.left = new AtomicInteger(trap.map(Trap::passes).orElse(0));
  }

  void reconciled() {
    reconciled = true;
  }

  void newWorkBegins() {
    amidNewWork = true;
  }

  /** Lets go on who was stopped. */
  void release() {
    released.countDown();
  }

  void reach(KillPoint point) {
    if (trap.filter(this::counts).filter(t -> t.point() == point).isEmpty()
        || left.getAndDecrement() != 0) {
      return;
    }
    words.at(point, !reconciled);
    boolean interrupted = false;
    while (true) {
      try {
        released.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean counts(Trap armed) {
    return amidNewWork || !armed.amidNewWork();
  }
}
