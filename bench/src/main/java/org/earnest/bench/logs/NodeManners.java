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
 * @param late after it knows a block, for which it lacks the newest block's logs
 * @param missingOf one of so many answers lacks the newest block's logs; 0 for none
 * @param compresses answers for those who take gzip, which costs the node time for each
 */
public record NodeManners(
    Duration latency,
    boolean blockTimestamps,
    Optional<RangeDialect> dialect,
    long mostBlocks,
    int refusedOf,
    Duration late,
    int missingOf,
    boolean compresses) {
  public static final NodeManners GOOD =
      new NodeManners(
          Duration.ZERO, true, Optional.empty(), Long.MAX_VALUE, 0, Duration.ZERO, 0, false);

  public NodeManners after(Duration pause) {
    return new NodeManners(
        pause, blockTimestamps, dialect, mostBlocks, refusedOf, late, missingOf, compresses);
  }

  public NodeManners untimed() {
    return new NodeManners(
        latency, false, dialect, mostBlocks, refusedOf, late, missingOf, compresses);
  }

  public NodeManners refusing(RangeDialect words, long most) {
    return new NodeManners(
        latency, blockTimestamps, Optional.of(words), most, refusedOf, late, missingOf, compresses);
  }

  public NodeManners limitingRate(int oneOf) {
    return new NodeManners(
        latency, blockTimestamps, dialect, mostBlocks, oneOf, late, missingOf, compresses);
  }

  /** Knows a block before its logs, and answers meanwhile that there are none. */
  public NodeManners tellingLogsLate(Duration after) {
    return new NodeManners(
        latency, blockTimestamps, dialect, mostBlocks, refusedOf, after, missingOf, compresses);
  }

  /** Forgets the newest block's logs now and then. */
  public NodeManners missingLogs(int oneOf) {
    return new NodeManners(
        latency, blockTimestamps, dialect, mostBlocks, refusedOf, late, oneOf, compresses);
  }

  public NodeManners compressing() {
    return new NodeManners(
        latency, blockTimestamps, dialect, mostBlocks, refusedOf, late, missingOf, true);
  }
}
