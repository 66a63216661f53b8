package org.earnest.bench.torture;

import java.time.Duration;

/**
 * One run.
 *
 * @param kills how often the engine is killed, at least 1
 * @param seed of requests and kills
 * @param longestWait whoever waits longer for an outcome, kills included, is stuck
 * @param patience for a kill to come where it is to come, the start of the process included
 */
public record TortureSettings(int kills, long seed, Duration longestWait, Duration patience) {
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  public TortureSettings {
    if (kills < 1) {
      throw new IllegalArgumentException("at least one kill");
    }
  }

  /** With {@link #LONGEST_WAIT} and {@link #PATIENCE}. */
  public TortureSettings(int kills, long seed) {
    this(kills, seed, LONGEST_WAIT, PATIENCE);
  }
}
