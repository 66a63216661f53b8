package org.earnest.bench.engine;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.devnet.DevChain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a block now and then, so that what was sent is not mined yet for a while. */
final class Miner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Miner.class);
  private static final Duration MOST_TO_END = Duration.ofSeconds(5);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("miner").factory());

  private Miner() {}

  static Miner start(DevChain chain, Duration interval) {
    Miner miner = new Miner();
    long millis = interval.toMillis();
    var unused =
        miner.clock.scheduleWithFixedDelay(
            () -> mine(chain), millis, millis, TimeUnit.MILLISECONDS);
    return miner;
  }

  /** What is thrown here would end all mining without a word. */
  private static void mine(DevChain chain) {
    try {
      chain.mine(1);
    } catch (ChainUnavailableException e) {
      LOG.warn("no block this time: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    try {
      var unused = clock.awaitTermination(MOST_TO_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
