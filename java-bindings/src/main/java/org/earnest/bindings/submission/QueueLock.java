package org.earnest.bindings.submission;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A lock that knows whether others wait for it. */
interface QueueLock extends Lock {
  boolean hasQueuedThreads();

  /** The system's own. */
  final class OfThreads extends ReentrantLock implements QueueLock {
    private static final long serialVersionUID = 1L;

    OfThreads(boolean fair) {
      super(fair);
    }
  }
}
