package org.earnest.kit.logcache;

import java.util.List;
import java.util.Optional;

/** Where logs are kept, of any chain. */
@FunctionalInterface
public interface LogCaches {
  /** Keeps nothing. */
  LogCaches NONE = key -> Nothing.KEPT;

  /** What is kept of these logs. */
  LogCache of(CacheKey key);

  /** An empty cache. */
  enum Nothing implements LogCache {
    KEPT;

    @Override
    public List<Span> spans() {
      return List.of();
    }

    @Override
    public Optional<LogSegment> read(Span span) {
      return Optional.empty();
    }

    @Override
    public boolean keep(LogSegment segment) {
      return false;
    }

    @Override
    public void drop(Span span) {}

    @Override
    public void close() {}
  }
}
