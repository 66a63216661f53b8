package org.earnest.bench.indexer;

import java.time.Duration;
import java.util.List;

/**
 * What is measured.
 *
 * @param events how many feedbacks the chain holds, rounded up to whole blocks
 * @param perBlock of them in each block
 * @param latencies of the node's answers, each measured by itself
 * @param rounds of each; every one begins with an empty database
 */
public record IndexerPlan(long events, int perBlock, List<Duration> latencies, int rounds) {
  public static final int MAX_EVENTS = 500_000;

  /** More would not fit into an answer that holds a single block. */
  public static final int MAX_PER_BLOCK = 10_000;

  public IndexerPlan {
    latencies = List.copyOf(latencies);
    if (events < 1 || events > MAX_EVENTS) {
      throw new IllegalArgumentException("1 to " + MAX_EVENTS + " events");
    }
    if (perBlock < 1 || perBlock > Math.min(events, MAX_PER_BLOCK)) {
      throw new IllegalArgumentException(
          "1 to " + MAX_PER_BLOCK + " in a block, and no more than there are");
    }
    if (latencies.isEmpty() || latencies.stream().anyMatch(Duration::isNegative) || rounds < 1) {
      throw new IllegalArgumentException("a latency of 0 ms or more and a round are needed");
    }
  }

  long blocks() {
    return Math.ceilDiv(events, (long) perBlock);
  }

  /** How many there really are. */
  long wholeEvents() {
    return blocks() * perBlock;
  }
}
