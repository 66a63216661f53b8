package org.earnest.bindings.submission;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** A lock of simulated threads, which get it in the order of their coming. */
final class SimulatedLock implements QueueLock {
  private final Deque<SimulatedThread> queue = new ArrayDeque<>();
  private final SimulatedThreads threads;
  private @Nullable SimulatedThread owner;

  SimulatedLock(SimulatedThreads threads) {
    this.threads = threads;
  }

  @Override
  public boolean tryLock() {
    if (owner == threads.current()) {
      throw new IllegalStateException("taken twice");
    }
    if (owner != null) {
      return false;
    }
    owner = threads.current();
    return true;
  }

  @Override
  public boolean tryLock(long patience, TimeUnit unit) {
    if (tryLock()) {
      return true;
    }
    long wait = unit.toNanos(patience);
    if (wait <= 0) {
      return false;
    }
    SimulatedThread self = threads.current();
    queue.add(self);
    self.yieldUntil(threads.nanos() + wait);
    queue.remove(self);
    return owner == self;
  }

  @Override
  public void unlock() {
    if (owner != threads.current()) {
      throw new IllegalMonitorStateException();
    }
    owner = queue.poll();
    if (owner != null) {
      owner.wakeAt(threads.nanos());
    }
  }

  @Override
  public boolean hasQueuedThreads() {
    return !queue.isEmpty();
  }

  @Override
  public void lock() {
    throw new UnsupportedOperationException("nobody waits without end");
  }

  @Override
  public void lockInterruptibly() {
    throw new UnsupportedOperationException("nobody waits without end");
  }

  @Override
  public Condition newCondition() {
    throw new UnsupportedOperationException();
  }
}
