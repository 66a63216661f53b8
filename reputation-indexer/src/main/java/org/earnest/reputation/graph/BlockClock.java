package org.earnest.reputation.graph;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * once for each. It is the node that is followed, so few are asked for at once.
 */
final class BlockClock {
  private static final int REMEMBERED = 200_000;
  private static final int AT_ONCE = 4;

  private final ChainReader chain;
  private final Duration patience;
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final Cache<Hash32, Long> known = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  BlockClock(ChainReader chain, Duration patience) {
    this.chain = chain;
    this.patience = patience;
  }

  /** Seconds since 1970, in the order of the blocks. */
  List<Long> times(List<BlockRef> blocks, Budget budget) {
    Map<Hash32, Long> times = new HashMap<>(known.getAllPresent(hashes(blocks)));
    List<BlockRef> missing =
        blocks.stream().filter(block -> !times.containsKey(block.hash())).distinct().toList();
    int allowed = budget.takeTimes(missing.size());
    times.putAll(asked(missing.subList(0, allowed), budget.left()));
    if (allowed < missing.size()) {
      throw new Refusal(
          "too_many_times",
          "The node is asked for times of at most %d blocks for a query; it was, so ask again for the next."
              .formatted(Bounds.MAX_TIMES));
    }
    return blocks.stream().map(block -> Objects.requireNonNull(times.get(block.hash()))).toList();
  }

  private static List<Hash32> hashes(List<BlockRef> blocks) {
    return blocks.stream().map(BlockRef::hash).toList();
  }

  private Map<Hash32, Long> asked(List<BlockRef> blocks, Duration left) {
    if (blocks.isEmpty()) {
      return Map.of();
    }
    long end = System.nanoTime() + (left.compareTo(patience) < 0 ? left : patience).toNanos();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      Map<Hash32, Future<Long>> asked = new HashMap<>();
      blocks.forEach(block -> asked.put(block.hash(), threads.submit(() -> remembered(block))));
      Map<Hash32, Long> times = new HashMap<>();
      for (Map.Entry<Hash32, Future<Long>> time : asked.entrySet()) {
        times.put(
            time.getKey(), time.getValue().get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
      }
      return times;
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
