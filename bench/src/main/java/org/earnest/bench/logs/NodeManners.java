package org.earnest.bench.logs;

import java.time.Duration;
import java.util.Optional;

/**
 * How a node behaves.
 *
 * @param latency before each answer
 * @param blockTimestamps whether logs tell their block's time
 * @param dialect in which it refuses ranges of more than {@code mostBlocks}; empty for none
 * @param mostBlocks of one query
 * @param refusedOf one of so many requests is answered 429; 0 for none
 */
public record NodeManners(
    Duration latency,
    boolean blockTimestamps,
    Optional<RangeDialect> dialect,
    long mostBlocks,
    int refusedOf) {
  public static final NodeManners GOOD =
      new NodeManners(Duration.ZERO, true, Optional.empty(), Long.MAX_VALUE, 0);

  public NodeManners after(Duration pause) {
    return new NodeManners(pause, blockTimestamps, dialect, mostBlocks, refusedOf);
  }

  public NodeManners untimed() {
    return new NodeManners(latency, false, dialect, mostBlocks, refusedOf);
  }

  public NodeManners refusing(RangeDialect words, long most) {
    return new NodeManners(latency, blockTimestamps, Optional.of(words), most, refusedOf);
  }

  public NodeManners limitingRate(int oneOf) {
    return new NodeManners(latency, blockTimestamps, dialect, mostBlocks, oneOf);
  }
}
