package org.earnest.bench.crowd;

/**
 * One run.
 *
 * @param submissions asked for by all processes together, duplicates included
 * @param duplicatesPercent how many of them ask for what another asks for
 * @param lostPercent how many of the node's answers get lost
 * @param seed of requests, duplicates and losses
 */
public record CrowdSettings(
    int submissions,
    int threads,
    int processes,
    int duplicatesPercent,
    int lostPercent,
    long seed) {
  private static final int HUNDRED = 100;
  private static final int MOST_PROCESSES = 4;

  public CrowdSettings {
    if (submissions < 1 || threads < 1 || processes < 1 || processes > MOST_PROCESSES) {
      throw new IllegalArgumentException(
          "at least one submission and thread, and one to " + MOST_PROCESSES + " processes");
    }
    if (duplicatesPercent < 0 || duplicatesPercent >= HUNDRED) {
      throw new IllegalArgumentException("duplicates are 0 to 99 percent");
    }
    if (lostPercent < 0 || lostPercent >= HUNDRED) {
      throw new IllegalArgumentException("lost answers are 0 to 99 percent");
    }
  }

  /** How many different requests are made. */
  int requests() {
    return Math.max(1, submissions - (int) ((long) submissions * duplicatesPercent / HUNDRED));
  }
}
