package org.earnest.bench.submissions;

import java.util.Map;

/**
 * What one round gave.
 *
 * @param asked how many were to be sent
 * @param succeeded how many the contender says were
 * @param mined how many the chain says were
 * @param transactions how many of the contender's account were mined meanwhile
 * @param nanos from the first to the last
 * @param waited nanoseconds, by all callers together
 */
record Round(
    int asked,
    int succeeded,
    long mined,
    long transactions,
    long nanos,
    long waited,
    Cpu cpu,
    Map<String, Tally.Sum> calls) {
  private static final double SECOND = 1e9;
  private static final double MILLISECOND = 1e6;

  double perSecond() {
    return succeeded / (nanos / SECOND);
  }

  /** Each did what it says once, and nothing else was done. */
  boolean isClean() {
    return succeeded == asked && mined == asked && transactions == asked;
  }

  /** However often it was asked, it was done once and paid for once. */
  boolean isOnce() {
    return succeeded == asked && mined == 1 && transactions == 1;
  }

  double peerMillis() {
    return each(cpu.peer());
  }

  double ownMillis() {
    return each(cpu.own());
  }

  double chainMillis() {
    return each(cpu.chain());
  }

  double databaseMillis() {
    return each(cpu.database());
  }

  double latencyMillis() {
    return each(waited);
  }

  /** Milliseconds for each that was asked for. */
  double each(long nanos) {
    return nanos / MILLISECOND / asked;
  }
}
