package org.earnest.kit.follow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.logcache.CacheKey;
import org.earnest.kit.logcache.LogCache;
import org.earnest.kit.logcache.LogCaches;
import org.earnest.kit.logcache.LogSegment;
import org.earnest.kit.logcache.Span;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which logs need not be asked for. The node is asked once whether the last kept block is still
 * there: its hash answers for all before it.
 */
final class CachedRanges {
  private static final Logger LOG = LoggerFactory.getLogger(CachedRanges.class);
  private static final long NOTHING = -1;

  private final ChainReader chain;
  private final FollowSettings settings;
  private final NavigableMap<Long, Span> spans = new ConcurrentSkipListMap<>();
  private volatile LogCache cache = LogCaches.Nothing.KEPT;
  private volatile long trustedTo = NOTHING;
  private boolean open;

  CachedRanges(ChainReader chain, FollowSettings settings) {
    this.chain = chain;
    this.settings = settings;
  }

  /** Opens what is kept of the chain that begins so. Once is enough. */
  void open(Hash32 genesis) {
    if (open) {
      return;
    }
    open = true;
    cache =
        settings
            .cache()
            .of(new CacheKey(chain.chainId(), genesis, settings.contracts(), settings.topics()));
    cache.spans().forEach(span -> spans.put(span.from(), span));
    if (!spans.isEmpty()) {
      LOG.info("logs are kept up to block {}", spans.lastEntry().getValue().to());
    }
  }

  /**
   * The kept range that a block is in.
   *
   * @param limit above which none may reach
   * @throws ChainUnavailableException when the node cannot say whether it still holds
   */
  Optional<Span> holding(long block, long limit) {
    Optional<Span> found = at(block).filter(span -> span.to() <= limit);
    if (found.isPresent() && found.get().to() > trustedTo) {
      trust(limit);
      found = at(block).filter(span -> span.to() <= trustedTo);
    }
    return found;
  }

  /** Whether a block's logs are to be kept, and are not yet. */
  boolean wants(long block) {
    return cache != LogCaches.Nothing.KEPT && at(block).isEmpty();
  }

  /** The last block before the next kept range, where there is one. */
  long before(long block, long limit) {
    Map.Entry<Long, Span> next = spans.higherEntry(block);
    return next == null ? limit : Math.min(limit, next.getKey() - 1);
  }

  private Optional<Span> at(long block) {
    return Optional.ofNullable(spans.floorEntry(block))
        .map(Map.Entry::getValue)
        .filter(span -> span.contains(block));
  }

  /** Its logs from a block on; empty where they can be had no longer. */
  Optional<LogSegment> read(Span span, long from) {
    Optional<LogSegment> kept = cache.read(span);
    if (kept.isEmpty()) {
      spans.remove(span.from(), span);
    }
    return kept.map(segment -> segment.from() == from ? segment : rest(segment, from));
  }

  private static LogSegment rest(LogSegment segment, long from) {
    List<ChainLog> logs =
        segment.logs().stream().filter(log -> log.ref().block().number() >= from).toList();
    return new LogSegment(from, segment.end(), logs);
  }

  /** Keeps what is final, unless some of it is kept already. */
  void keep(LogSegment segment) {
    Span span = segment.span();
    Map.Entry<Long, Span> before = spans.floorEntry(span.to());
    if ((before == null || before.getValue().to() < span.from()) && cache.keep(segment)) {
      spans.put(span.from(), span);
    }
  }

  /** Keeps nothing any longer that ends above a block. */
  void dropAbove(long block) {
    List<Span> above = spans.values().stream().filter(span -> span.to() > block).toList();
    above.forEach(this::drop);
    trustedTo = Math.min(trustedTo, block);
  }

  private void drop(Span span) {
    spans.remove(span.from(), span);
    cache.drop(span);
  }

  /**
   * Finds the last kept block that the chain still has; twice as many go with each that it lacks.
   */
  private void trust(long limit) {
    int many = 1;
    List<Span> left =
        new ArrayList<>(spans.values().stream().filter(span -> span.to() <= limit).toList());
    while (!left.isEmpty()) {
      Span last = left.getLast();
      Optional<BlockRef> end = read(last, last.from()).map(LogSegment::end);
      if (end.isPresent() && isThere(end.get())) {
        trustedTo = last.to();
        return;
      }
      if (end.isEmpty()) {
        left.removeLast();
        continue;
      }
      LOG.warn("the chain has changed at block {}: kept logs are dropped", last.to());
      List<Span> gone = left.subList(Math.max(0, left.size() - many), left.size());
      dropAbove(gone.getFirst().from() - 1);
      gone.clear();
      many *= 2;
    }
  }

  private boolean isThere(BlockRef block) {
    return chain
        .block(new BlockTag.Height(block.number()))
        .map(BlockHeader::ref)
        .filter(ref -> ref.number() == block.number())
        .orElseThrow(() -> new ChainUnavailableException("the node lacks block " + block.number()))
        .equals(block);
  }
}
