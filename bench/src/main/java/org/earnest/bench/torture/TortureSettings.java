package org.earnest.bench.torture;

import java.time.Duration;

/**
 * One run.
 *
 * @param kills how often the engine is killed, at least 1
 * @param seed of requests and kills
 * @param longestWait whoever waits longer for an outcome, kills included, is stuck
 */
public record TortureSettings(int kills, long seed, Duration longestWait) {
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  public TortureSettings {
    if (kills < 1) {
      throw new IllegalArgumentException("at least one kill");
    }
  }

  /** With {@link #LONGEST_WAIT}. */
  public TortureSettings(int kills, long seed) {
    this(kills, seed, LONGEST_WAIT);
  }
}
