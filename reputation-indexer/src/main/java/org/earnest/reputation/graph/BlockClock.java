package org.earnest.reputation.graph;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;

/**
 * When blocks were made. A hash's time never changes: where it is not recorded yet, the node is
 * asked for it. It is the node that is followed, so several are asked for in one question, and few
 * questions are under way at once.
 */
final class BlockClock {
  private static final int REMEMBERED = 200_000;

  /** Questions under way. */
  private static final int AT_ONCE = 4;

  /** Blocks of one question: a node may take them one after the other. */
  static final int TOGETHER = 16;

  private final ChainReader chain;
  private final Duration patience;
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final Cache<Hash32, Long> known = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  BlockClock(ChainReader chain, Duration patience) {
    this.chain = chain;
    this.patience = patience;
  }

  /**
   * Seconds since 1970, in the order of the blocks.
   *
   * @param recorded tells those that are recorded, and is asked once at most
   */
  List<Long> times(
      List<BlockRef> blocks, Function<List<BlockRef>, Map<Hash32, Long>> recorded, Budget budget) {
    Map<Hash32, Long> times = new HashMap<>(known.getAllPresent(hashes(blocks).toList()));
    List<BlockRef> unknown = missing(blocks, times);
    if (!unknown.isEmpty()) {
      Map<Hash32, Long> found = new HashMap<>(recorded.apply(unknown));
      found.keySet().retainAll(hashes(unknown).toList());
      known.putAll(found);
      times.putAll(found);
    }
    List<BlockRef> untold = missing(unknown, times);
    int allowed = budget.takeTimes(untold.size());
    times.putAll(asked(untold.subList(0, allowed), budget.left()));
    if (allowed < untold.size()) {
      throw new Refusal(
          "too_many_times",
          "The node is asked for times of at most %d blocks for a query; it was, so ask again for the next."
              .formatted(Bounds.MAX_TIMES));
    }
    return blocks.stream().map(block -> Objects.requireNonNull(times.get(block.hash()))).toList();
  }

  private static List<BlockRef> missing(List<BlockRef> blocks, Map<Hash32, Long> times) {
    return blocks.stream().filter(block -> !times.containsKey(block.hash())).distinct().toList();
  }

  private static Stream<Hash32> hashes(List<BlockRef> blocks) {
    return blocks.stream().map(BlockRef::hash);
  }

  private Map<Hash32, Long> asked(List<BlockRef> blocks, Duration left) {
    if (blocks.isEmpty()) {
      return Map.of();
    }
    long end = System.nanoTime() + (left.compareTo(patience) < 0 ? left : patience).toNanos();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<Map<Hash32, Long>>> asked = new ArrayList<>();
      for (int from = 0; from < blocks.size(); from += TOGETHER) {
        List<BlockRef> part = blocks.subList(from, Math.min(blocks.size(), from + TOGETHER));
        asked.add(threads.submit(() -> remembered(part)));
      }
      Map<Hash32, Long> times = new HashMap<>();
      for (Future<Map<Hash32, Long>> part : asked) {
        times.putAll(part.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
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

  private Map<Hash32, Long> remembered(List<BlockRef> blocks) throws InterruptedException {
    permits.acquire();
    try {
      // Another query may have been told them meanwhile.
      Map<Hash32, Long> times = new HashMap<>(known.getAllPresent(hashes(blocks).toList()));
      Map<Hash32, Long> told = told(missing(blocks, times));
      known.putAll(told);
      times.putAll(told);
      if (times.size() < hashes(blocks).distinct().count()) {
        throw unavailable();
      }
      return times;
    } finally {
      permits.release();
    }
  }

  private Map<Hash32, Long> told(List<BlockRef> blocks) {
    if (blocks.isEmpty()) {
      return Map.of();
    }
    List<Hash32> hashes = hashes(blocks).toList();
    try {
      Map<Hash32, Long> told = new HashMap<>();
      chain.blocksByHash(hashes).stream()
          .flatMap(Optional::stream)
          .filter(header -> hashes.contains(header.ref().hash()))
          .forEach(header -> told.put(header.ref().hash(), header.timestamp()));
      return told;
    } catch (ChainUnavailableException silent) {
      throw unavailable();
    }
  }

  private static Refusal unavailable() {
    return new Refusal(
        "chain_unavailable", "The node did not tell when a block was made; ask again later.");
  }
}
