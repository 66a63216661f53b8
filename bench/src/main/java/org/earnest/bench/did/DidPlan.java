package org.earnest.bench.did;

import java.time.Duration;

/**
 * What is measured.
 *
 * @param rounds in which the contenders take turns
 * @param warmUp before each question's first round, and for a peer before each
 * @param round how long one question is asked again and again
 */
public record DidPlan(int rounds, Duration warmUp, Duration round) {
  public DidPlan {
    if (rounds < 1 || !warmUp.isPositive() || !round.isPositive()) {
      throw new IllegalArgumentException("rounds and times must be positive");
    }
  }
}
