package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Threads of which one runs at a time, and what they wait by. Which one goes on, and what time it
 * is, is decided outside: the same decisions are the same run.
 */
final class SimulatedThreads implements Ticks {
  private final SimulatedTime time;
  private final List<SimulatedThread> alive = new ArrayList<>();
  private @Nullable SimulatedThread current;

  SimulatedThreads(SimulatedTime time) {
    this.time = time;
  }

  void start(SimulatedProcess process, Runnable work) {
    alive.add(new SimulatedThread(process, work));
  }

  int count(SimulatedProcess process) {
    return (int) alive.stream().filter(thread -> thread.process() == process).count();
  }

  boolean atRest() {
    return alive.isEmpty();
  }

  /** Those that can go on now. */
  List<SimulatedThread> ready() {
    return alive.stream().filter(thread -> thread.readyAt() <= nanos()).toList();
  }

  /** How long until one can go on that cannot now; empty if there is none. */
  OptionalLong untilNext() {
    return alive.stream()
        .mapToLong(thread -> thread.readyAt() - nanos())
        .filter(wait -> wait > 0)
        .min();
  }

  void resume(SimulatedThread thread) {
    current = thread;
    try {
      thread.resume();
    } finally {
      current = null;
      if (thread.ended()) {
        alive.remove(thread);
      }
    }
  }

  /** Brings those of dead processes to their end. */
  void buryDead() {
    for (SimulatedThread thread : List.copyOf(alive)) {
      while (!thread.process().isAlive() && !thread.ended()) {
        resume(thread);
      }
    }
  }

  SimulatedThread current() {
    if (current == null) {
      throw new IllegalStateException("no simulated thread runs");
    }
    return current;
  }

  /** Others may go on before the one that runs. */
  void giveWay() {
    current().yieldUntil(nanos());
  }

  @Override
  public long nanos() {
    return time.nanos();
  }

  @Override
  public void sleep(Duration duration) {
    current().yieldUntil(nanos() + duration.toNanos());
  }

  @Override
  public QueueLock lock(boolean fair) {
    return new SimulatedLock(this);
  }
}
