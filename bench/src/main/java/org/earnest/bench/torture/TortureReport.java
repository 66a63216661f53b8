package org.earnest.bench.torture;

import java.time.Duration;
import java.util.Map;
import org.earnest.bench.engine.KillPoint;
import org.earnest.bench.engine.Percentiles;
import org.earnest.bench.engine.Verdict;

/**
 * What came of a run.
 *
 * @param kills how often the engine was to be killed
 * @param points how often at each named point; all of them are there
 * @param instants how often at a random instant
 * @param late kills on top of these that came elsewhere, as what they were to hit was not met in
 *     time; each was tried again, unless they were too many
 * @param reconciling how many of the kills at points came before the journal was reconciled
 * @param asks how often all lives together were asked for a request
 * @param stuck requests that waited for longer than {@link TortureSettings#longestWait}, or wait
 *     still
 * @param recovery from a kill to the end of the first reconciliation that a later life came to; a
 *     life that was killed before that adds to the time
 * @param recoveredRepeatedly how many of these took more than one life
 * @param feeRises how often blocks became dearer than anybody had offered
 * @param sentAgain how often stored bytes went out that had gone out before, by one of two URLs
 */
public record TortureReport(
    long seed,
    int kills,
    Map<KillPoint, Integer> points,
    int instants,
    int late,
    int reconciling,
    int asks,
    Verdict verdict,
    int stuck,
    Percentiles recovery,
    int recoveredRepeatedly,
    int feeRises,
    int sentAgain,
    Duration wall) {
  /**
   * Whether nothing was lost, doubled or stuck, ledger and chain agree, and every kill came where
   * it was to come: what was not tried proves nothing.
   */
  public boolean ok() {
    return verdict.clean() && stuck == 0 && hits() == kills;
  }

  private int hits() {
    return instants + points.values().stream().mapToInt(Integer::intValue).sum();
  }
}
