package org.earnest.bindings.submission;

import java.time.Duration;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.Submission;

/**
 * Waits for one transaction's receipt. When nothing is heard of it for a while, everything that is
 * open is sent again, as a lower nonce may stand in its way.
 */
final class ReceiptWatch {
  private final Upkeep upkeep;
  private final Receipts receipts;
  private final JournalSteps steps;
  private final Duration resendInterval;
  private final Ticks ticks;

  ReceiptWatch(
      Upkeep upkeep, Receipts receipts, JournalSteps steps, Duration resendInterval, Ticks ticks) {
    this.upkeep = upkeep;
    this.receipts = receipts;
    this.steps = steps;
    this.resendInterval = resendInterval;
    this.ticks = ticks;
  }

  /**
   * What was seen last.
   *
   * @param answered whether the chain and the journal could both be asked
   */
  record Sighting(Submission submission, boolean answered) {}

  Sighting watch(Submission sent, Patience waiting) {
    Submission submission = sent;
    boolean answered;
    long tendAt = ticks.nanos() + resendInterval.toNanos();
    do {
      try {
        if (ticks.nanos() - tendAt >= 0) {
          tendAt = ticks.nanos() + resendInterval.toNanos();
          upkeep.tend(waiting);
          submission = steps.reread(submission);
        }
        submission = receipts.record(submission);
        if (!submission.state().open()) {
          return new Sighting(submission, true);
        }
        answered = true;
      } catch (ChainUnavailableException | JournalUnavailableException e) {
        answered = false;
      }
    } while (waiting.pause());
    return new Sighting(submission, answered);
  }
}
