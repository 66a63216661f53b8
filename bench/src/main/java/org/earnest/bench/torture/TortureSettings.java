package org.earnest.bench.torture;

/**
 * One run.
 *
 * @param kills how often the engine is killed, at least 1
 * @param seed of requests and kills
 */
public record TortureSettings(int kills, long seed) {
  public TortureSettings {
    if (kills < 1) {
      throw new IllegalArgumentException("at least one kill");
    }
  }
}
