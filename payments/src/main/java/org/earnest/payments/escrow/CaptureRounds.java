package org.earnest.payments.escrow;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.earnest.core.chain.ChainUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Captures by itself what is due, from the moment it is made until it is closed. */
public final class CaptureRounds implements AutoCloseable {
  private static final Duration MOST_TO_END = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(CaptureRounds.class);

  private final Captures captures;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("captures").factory());

  /**
   * Begins at once: what fell due while nobody captured is captured first.
   *
   * @param every how often to look
   */
  public CaptureRounds(Captures captures, Duration every) {
    this.captures = captures;
    var unused =
        rounds.scheduleWithFixedDelay(this::tryRound, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tryRound() {
    try {
      captures.round();
    } catch (ChainUnavailableException away) {
      if (!rounds.isShutdown()) {
        LOG.warn("what is in escrow waits: {}", away.getMessage());
      }
    } catch (RuntimeException failure) {
      LOG.warn("what is in escrow could not be captured; it is tried again", failure);
    } catch (Error broken) {
      // thrown on, it would end the schedule without a word, and deadlines would pass
      LOG.error("what is in escrow could not be captured; it is tried again", broken);
    }
  }

  /** Waits for a round under way, so that nothing it needs is closed under it. */
  @Override
  public void close() {
    rounds.shutdownNow();
    try {
      if (!rounds.awaitTermination(MOST_TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("captures are still under way after {}", MOST_TO_END);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
