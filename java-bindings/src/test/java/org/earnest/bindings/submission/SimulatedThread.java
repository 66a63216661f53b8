package org.earnest.bindings.submission;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/** A thread that runs only while whoever resumes it waits for it. */
final class SimulatedThread {
  /** Not an exception: nothing may catch a kill. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Semaphore go = new Semaphore(0);
  private final Semaphore back = new Semaphore(0);
  private final SimulatedProcess process;
  private Optional<Throwable> failure = Optional.empty();
  private boolean ended;
  private long wakeAt;

  /** Begins when it is resumed. */
  SimulatedThread(SimulatedProcess process, Runnable work) {
    this.process = process;
    var unused = Thread.ofVirtual().start(() -> run(work));
  }

  SimulatedProcess process() {
    return process;
  }

  boolean ended() {
    return ended;
  }

  /** When it can go on by itself; its process may be asleep then. */
  long readyAt() {
    return Math.max(wakeAt, process.asleepUntil());
  }

  void wakeAt(long nanos) {
    wakeAt = nanos;
  }

  /** Lets it run until it yields or ends. */
  void resume() {
    go.release();
    back.acquireUninterruptibly();
    failure.ifPresent(SimulatedThread::rethrow);
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException(failure);
  }

  /** To be called by itself. */
  void yieldUntil(long nanos) {
    wakeAt = nanos;
    back.release();
    go.acquireUninterruptibly();
    process.requireAlive();
  }

  private void run(Runnable work) {
    go.acquireUninterruptibly();
    try {
      process.requireAlive();
      work.run();
    } catch (Killed killed) {
      // It has ended, as all of its process.
    } catch (Throwable other) {
      failure = Optional.of(other);
    } finally {
      ended = true;
      back.release();
    }
  }
}
