package org.earnest.bench.cpu;

import java.time.Duration;

/**
 * What is measured.
 *
 * @param rounds in which the contenders take turns
 * @param warmUp before each question's first round, and for a peer before each
 * @param round how long one question is asked again and again
 */
public record CpuPlan(int rounds, Duration warmUp, Duration round) {
  public CpuPlan {
    if (rounds < 1 || !warmUp.isPositive() || !round.isPositive()) {
      throw new IllegalArgumentException("rounds and times must be positive");
    }
  }
}
