package org.earnest.kit.follow;

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
 * Which logs need not be asked for. Each kept range is held against the chain when it is read: its
 * last block's hash answers for its own blocks, and for no other range, which may have been kept of
 * another history.
 */
final class CachedRanges implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CachedRanges.class);

  private final ChainReader chain;
  private final FollowSettings settings;
  private final NavigableMap<Long, Span> spans = new ConcurrentSkipListMap<>();
  private volatile LogCache cache = LogCaches.Nothing.KEPT;
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
   */
  Optional<Span> holding(long block, long limit) {
    return at(block).filter(span -> span.to() <= limit);
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

  /**
   * Its logs from a block on; empty where they can be had no longer, or the chain has other blocks.
   *
   * @throws ChainUnavailableException when the node cannot say whether they still hold
   */
  Optional<LogSegment> read(Span span, long from) {
    Optional<LogSegment> kept = cache.read(span);
    if (kept.isEmpty()) {
      spans.remove(span.from(), span);
    } else if (!isThere(kept.get().end())) {
      LOG.warn("the chain has changed at block {}: kept logs are dropped", span.to());
      drop(span);
      return Optional.empty();
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
    if (cache.keep(segment)) {
      spans.put(segment.from(), segment.span());
    }
  }

  /** Keeps nothing any longer that ends above a block. */
  void dropAbove(long block) {
    List<Span> above = spans.values().stream().filter(span -> span.to() > block).toList();
    above.forEach(this::drop);
  }

  private void drop(Span span) {
    spans.remove(span.from(), span);
    cache.drop(span);
  }

  private boolean isThere(BlockRef block) {
    return chain
        .block(new BlockTag.Height(block.number()))
        .map(BlockHeader::ref)
        .filter(ref -> ref.number() == block.number())
        .orElseThrow(() -> new ChainUnavailableException("the node lacks block " + block.number()))
        .equals(block);
  }

  /** Whoever comes next may keep logs there. */
  @Override
  public void close() {
    cache.close();
  }
}
