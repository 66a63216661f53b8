package org.earnest.bench.reads;

/**
 * What is measured.
 *
 * @param agents in the index; there are as many settled legs
 * @param feedbacks in the index, five in a block
 * @param requests of each question
 * @param concurrency how many are under way at once
 * @param seed of what is asked for
 */
public record ReadPlan(long agents, long feedbacks, int requests, int concurrency, long seed) {
  private static final long MIN_AGENTS = 1_000;
  private static final long MAX_ROWS = 100_000_000;
  private static final int FEEDBACKS_IN_A_BLOCK = 5;

  public ReadPlan {
    if (agents < MIN_AGENTS || feedbacks < agents || feedbacks > MAX_ROWS) {
      throw new IllegalArgumentException(
          "at least %d agents, and from as many feedbacks up to %d"
              .formatted(MIN_AGENTS, MAX_ROWS));
    }
    if (requests < 1 || concurrency < 1) {
      throw new IllegalArgumentException("at least one request of each, one at a time");
    }
  }

  long head() {
    return feedbacks / FEEDBACKS_IN_A_BLOCK;
  }
}
