package org.earnest.bench.reorg;

import java.time.Duration;
import java.util.List;

/**
 * What came of a run.
 *
 * @param reorganisations that there were
 * @param duringBackfill of them, while more than the horizon was still to be read
 * @param whileDead of them, while the process was dead
 * @param kills that there were
 * @param killsDuringBackfill of them, while more than the horizon was still to be read
 * @param killsInTransaction of them, while a transaction was open
 * @param blocksUndone that the index had read and took back
 * @param rebuilds with which the index was compared
 * @param rowsCompared by all of these together
 * @param largest rows of one comparison
 * @param differences each a sentence; the run ends with the first comparison that finds any
 */
public record ReorgReport(
    long seed,
    int reorganisations,
    int duringBackfill,
    int whileDead,
    int kills,
    int killsDuringBackfill,
    int killsInTransaction,
    long blocksUndone,
    int rebuilds,
    long rowsCompared,
    long largest,
    List<String> differences,
    Duration wall) {
  public ReorgReport {
    differences = List.copyOf(differences);
  }

  /** Whether index and rebuild were the same every time, and all was tried that was to be. */
  public boolean ok(ReorgSettings wanted) {
    return differences.isEmpty()
        && reorganisations == wanted.reorganisations()
        && kills == wanted.kills()
        && rebuilds > 0;
  }
}
