package org.earnest.reputation.edge;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Who may query now. A query holds one of the database's connections, which all chains share: so
 * they share the turns too.
 */
public final class GraphqlTurns {
  /** Queries at once. */
  static final int MAX_AT_ONCE = 4;

  private final Semaphore free = new Semaphore(MAX_AT_ONCE, true);

  /** Whether there was one in time, which is to be ended. */
  boolean begin(Duration patience) throws InterruptedException {
    return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  void end() {
    free.release();
  }
}
