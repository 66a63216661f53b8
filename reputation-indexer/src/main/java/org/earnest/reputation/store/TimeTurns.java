package org.earnest.reputation.store;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.earnest.core.chain.ChainUnavailableException;

/**
 * Who may look for blocks by their times now. Whoever does holds one of the database's connections
 * while the node is asked, and a node that is slow must not keep all of them from everybody else.
 */
final class TimeTurns {
  /** Reads at once. */
  static final int MAX_AT_ONCE = 2;

  private final Semaphore free = new Semaphore(MAX_AT_ONCE, true);
  private final Duration patience;

  /**
   * A chain's turns.
   *
   * @param patience for one
   */
  TimeTurns(Duration patience) {
    this.patience = patience;
  }

  /**
   * Reads when it may; at once where no time is asked for.
   *
   * @throws ChainUnavailableException when others take too long
   */
  <T> T read(TimeSpan span, Supplier<T> reading) {
    if (span.equals(TimeSpan.ALWAYS)) {
      return reading.get();
    }
    begin();
    try {
      return reading.get();
    } finally {
      free.release();
    }
  }

  private void begin() {
    try {
      if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ChainUnavailableException("others are looking for blocks by their times");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ChainUnavailableException(
          "interrupted while others looked for blocks", interrupted);
    }
  }
}
