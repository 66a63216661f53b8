package org.earnest.bench.submissions;

import java.util.List;

/**
 * What is to be measured.
 *
 * @param count submissions in a round; with blocks at intervals at most {@code blocks} for each
 *     that are under way at once
 * @param concurrencies how many are under way at once
 * @param rounds measured of each kind, after one that is not
 * @param warmUp submissions before the first round, of each contender
 * @param blocks a round with blocks at intervals takes about so many of them at most
 */
public record BenchPlan(
    int count, List<Integer> concurrencies, List<Pace> paces, int rounds, int warmUp, int blocks) {
  public BenchPlan {
    if (count < 1 || rounds < 1 || warmUp < 0 || blocks < 1) {
      throw new IllegalArgumentException("a round has submissions, and a measurement rounds");
    }
    if (concurrencies.stream().anyMatch(at -> at < 1)) {
      throw new IllegalArgumentException("at least one is under way at once");
    }
    concurrencies = List.copyOf(concurrencies);
    paces = List.copyOf(paces);
  }

  int count(Pace pace, int concurrency) {
    return pace.atOnce() ? count : (int) Math.min(count, (long) blocks * concurrency);
  }
}
