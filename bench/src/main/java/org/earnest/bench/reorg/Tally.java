package org.earnest.bench.reorg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What was seen so far. */
final class Tally {
  private final long begun = System.nanoTime();
  private final List<String> differences = new ArrayList<>();
  private int reorganisations;
  private int duringBackfill;
  private int whileDead;
  private int kills;
  private int killsDuringBackfill;
  private int killsInTransaction;
  private long blocksUndone;
  private int rebuilds;
  private long rowsCompared;
  private long largest;

  void reorganised(boolean backfill, boolean dead) {
    reorganisations++;
    duringBackfill += backfill ? 1 : 0;
    whileDead += dead ? 1 : 0;
  }

  void killed(boolean backfill, boolean inTransaction) {
    kills++;
    killsDuringBackfill += backfill ? 1 : 0;
    killsInTransaction += inTransaction ? 1 : 0;
  }

  void undone(long blocks) {
    blocksUndone += blocks;
  }

  void compared(long rows) {
    rebuilds++;
    rowsCompared += rows;
    largest = Math.max(largest, rows);
  }

  void differs(List<String> how) {
    differences.addAll(how);
  }

  boolean isClean() {
    return differences.isEmpty();
  }

  String progress(ReorgSettings of) {
    return "%d of %d reorganisations, %d of %d kills, %d rebuilds"
        .formatted(reorganisations, of.reorganisations(), kills, of.kills(), rebuilds);
  }

  ReorgReport report(long seed) {
    return new ReorgReport(
        seed,
        reorganisations,
        duringBackfill,
        whileDead,
        kills,
        killsDuringBackfill,
        killsInTransaction,
        blocksUndone,
        rebuilds,
        rowsCompared,
        largest,
        differences,
        Duration.ofNanos(System.nanoTime() - begun));
  }
}
