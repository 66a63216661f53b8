package org.earnest.bench.crowd;

import java.time.Duration;
import org.earnest.bench.engine.Verdict;

/**
 * What came of a run.
 *
 * @param answered how many submissions were told an outcome
 * @param leaseChanges how often the account's lease passed from one process to another
 * @param working from the first order to the last outcome
 */
public record CrowdReport(
    CrowdSettings settings, int answered, Verdict verdict, long leaseChanges, Duration working) {
  /** Whether all were answered, and ledger and chain agree. */
  public boolean ok() {
    return verdict.clean() && stuck() == 0;
  }

  /** Submissions that nobody was told an outcome of. */
  public int stuck() {
    return settings.submissions() - answered;
  }
}
