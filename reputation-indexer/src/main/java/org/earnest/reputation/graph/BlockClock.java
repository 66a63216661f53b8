package org.earnest.reputation.graph;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;

/**
 * When blocks were made. The rows have their hashes, whose times never change: the node is asked
 * once for each.
 */
final class BlockClock {
  private static final int REMEMBERED = 200_000;
  private static final int AT_ONCE = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ChainReader chain;
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final Cache<Hash32, Long> known = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  BlockClock(ChainReader chain) {
    this.chain = chain;
  }

  /** Seconds since 1970, in the order of the blocks. */
  List<Long> times(List<BlockRef> blocks, Budget budget) {
    List<BlockRef> missing =
        blocks.stream().filter(block -> known.getIfPresent(block.hash()) == null).toList();
    if (!missing.isEmpty()) {
      budget.takeTimes(missing.size());
      ask(missing);
    }
    return blocks.stream().map(block -> known.get(block.hash(), hash -> time(block))).toList();
  }

  private void ask(List<BlockRef> blocks) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<Long>> asked =
          blocks.stream().map(block -> threads.submit(() -> remembered(block))).toList();
      for (Future<Long> time : asked) {
        time.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (ExecutionException | TimeoutException silent) {
      throw unavailable();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw unavailable();
    } finally {
      threads.shutdownNow();
    }
  }

  private long remembered(BlockRef block) throws InterruptedException {
    permits.acquire();
    try {
      return known.get(block.hash(), hash -> time(block));
    } finally {
      permits.release();
    }
  }

  private long time(BlockRef block) {
    try {
      return chain
          .blockByHash(block.hash())
          .map(BlockHeader::timestamp)
          .orElseThrow(BlockClock::unavailable);
    } catch (ChainUnavailableException silent) {
      throw unavailable();
    }
  }

  private static Refusal unavailable() {
    return new Refusal(
        "chain_unavailable", "The node did not tell when a block was made; ask again later.");
  }
}
