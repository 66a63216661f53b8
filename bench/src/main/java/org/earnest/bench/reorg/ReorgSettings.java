package org.earnest.bench.reorg;

/**
 * One run.
 *
 * @param reorganisations at least 1
 * @param kills of the process; each goes with a reorganisation
 * @param seed of chain, blows and node
 */
public record ReorgSettings(int reorganisations, int kills, long seed) {
  public ReorgSettings {
    if (reorganisations < 1 || kills < 0 || kills > reorganisations) {
      throw new IllegalArgumentException(
          "at least one reorganisation, and no more kills than reorganisations");
    }
  }
}
