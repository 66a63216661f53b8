package org.earnest.bench.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Of so many measured durations, by the nearest rank; zero of none. */
public record Percentiles(int count, Duration p50, Duration p99, Duration max) {
  private static final int HUNDRED = 100;
  private static final int MEDIAN = 50;
  private static final int TAIL = 99;

  public static Percentiles of(Collection<Duration> measured) {
    List<Duration> sorted = measured.stream().sorted().toList();
    return new Percentiles(
        sorted.size(), rank(sorted, MEDIAN), rank(sorted, TAIL), rank(sorted, HUNDRED));
  }

  private static Duration rank(List<Duration> sorted, int percent) {
    int rank = (sorted.size() * percent + HUNDRED - 1) / HUNDRED;
    return sorted.isEmpty() ? Duration.ZERO : sorted.get(Math.max(0, rank - 1));
  }
}
