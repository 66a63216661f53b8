package org.earnest.bench.submissions;

import java.util.List;

/**
 * What is to be measured.
 *
 * @param count submissions in a round; with blocks at intervals at most {@link #BLOCKS} for each
 *     that are under way at once
 * @param concurrencies how many are under way at once
 * @param rounds measured of each kind, after one that is not
 * @param warmUp submissions before the first round, of each contender
 */
public record BenchPlan(
    int count, List<Integer> concurrencies, List<Pace> paces, int rounds, int warmUp) {
  /** A round with blocks at intervals takes about so many of them. */
  static final int BLOCKS = 4;

  public BenchPlan {
    if (count < 1 || rounds < 1 || warmUp < 0) {
      throw new IllegalArgumentException("a round has submissions, and a measurement rounds");
    }
    if (concurrencies.stream().anyMatch(at -> at < 1)) {
      throw new IllegalArgumentException("at least one is under way at once");
    }
    concurrencies = List.copyOf(concurrencies);
    paces = List.copyOf(paces);
  }

  int count(Pace pace, int concurrency) {
    return pace.atOnce() ? count : Math.min(count, BLOCKS * concurrency);
  }
}
