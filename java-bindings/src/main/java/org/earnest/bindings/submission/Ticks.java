package org.earnest.bindings.submission;

import java.time.Duration;

/** How time that passes is read, and waited for. */
interface Ticks {
  Ticks SYSTEM =
      new Ticks() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
          Thread.sleep(time);
        }
      };

  /** Nanoseconds since some moment; only differences mean something. */
  long nanos();

  void sleep(Duration time) throws InterruptedException;

  /**
   * A lock whose waiting threads wait by this time.
   *
   * @param fair whether they get it in the order of their coming
   */
  default QueueLock lock(boolean fair) {
    return new QueueLock.OfThreads(fair);
  }
}
