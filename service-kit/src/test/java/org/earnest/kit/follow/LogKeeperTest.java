package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.logcache.CacheKey;
import org.earnest.kit.logcache.LogCache;
import org.earnest.kit.logcache.LogCaches;
import org.earnest.kit.logcache.LogFiles;
import org.earnest.kit.logcache.LogSegment;
import org.earnest.kit.logcache.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class LogKeeperTest {
  private static final Duration A_MOMENT = Duration.ofMillis(300);
  private static final Set<EvmAddress> CONTRACTS = Set.of(SimulatedChain.CONTRACT);

  @TempDir Path folder;
  private final SimulatedChain chain = new SimulatedChain(0);
  private final InMemoryFollowStore store = new InMemoryFollowStore();

  /** What waits for the disk meanwhile would bring back what was undone. */
  @Test
  void keepsNothingAboveWhereItWentBackTo() throws Exception {
    chain.grow(30, LogKeeper.SEGMENT_LOGS / 10);
    SlowCache slow = new SlowCache(LogFiles.in(folder));
    try (LogKeeper keeper = keeper(slow)) {
      for (int end : new int[] {10, 20, 30}) {
        keeper.append(block(end - 10), TimedBlock.untold(block(end)), logs(end - 9, end));
      }
      keeper.settle(20);
      Thread rewind = Thread.ofVirtual().start(() -> keeper.rewind(block(10)));
      rewind.join(A_MOMENT);
      slow.goOn.countDown();
      rewind.join();
    }
    assertThat(kept()).doesNotContain(new Span(11, 20)).doesNotContain(new Span(11, 30));
  }

  @Test
  void holdsNoMoreThanItsCharactersUntilTheyAreFinal() throws Exception {
    String data = "0x" + "00".repeat((int) LogKeeper.MAX_WAITING_CHARACTERS / 5);
    chain.grow(3, 1, List.of(SimulatedChain.CONTRACT), data);
    try (LogKeeper keeper = keeper(LogFiles.in(folder))) {
      for (int end = 1; end <= 3; end++) {
        keeper.append(block(end - 1), TimedBlock.untold(block(end)), logs(end, end));
      }
      keeper.settle(3);
    }
    assertThat(kept()).containsExactly(new Span(2, 2), new Span(3, 3));
  }

  private LogKeeper keeper(LogCaches caches) {
    CachedRanges cached = new CachedRanges(chain, FollowSettings.of(CONTRACTS).cachedIn(caches));
    cached.open(block(0).hash());
    store.begin(block(0).hash(), block(0));
    return new LogKeeper(store, cached);
  }

  private List<Span> kept() {
    try (LogCache files =
        LogFiles.in(folder)
            .of(new CacheKey(chain.chainId(), block(0).hash(), CONTRACTS, List.of()))) {
      return files.spans();
    }
  }

  private BlockRef block(long number) {
    return chain.block(new BlockTag.Height(number)).orElseThrow().ref();
  }

  private List<ChainLog> logs(long from, long to) {
    return chain.allLogs().stream()
        .filter(log -> log.ref().block().number() >= from && log.ref().block().number() <= to)
        .toList();
  }

  /** A disk that takes its time. */
  private static final class SlowCache implements LogCaches, LogCache {
    private final LogCaches caches;
    private final CountDownLatch goOn = new CountDownLatch(1);
    private LogCache cache = Nothing.KEPT;

    SlowCache(LogCaches caches) {
      this.caches = caches;
    }

    @Override
    public LogCache of(CacheKey key) {
      cache = caches.of(key);
      return this;
    }

    @Override
    public List<Span> spans() {
      return cache.spans();
    }

    @Override
    public Optional<LogSegment> read(Span span) {
      return cache.read(span);
    }

    @Override
    public boolean keep(LogSegment segment) {
      try {
        goOn.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
      return cache.keep(segment);
    }

    @Override
    public void drop(Span span) {
      cache.drop(span);
    }

    @Override
    public void close() {
      cache.close();
    }
  }
}
