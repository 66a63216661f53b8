package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.Optional;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.TransactionReceipt;
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
   * @param receipt by which this look closed it; empty where another did
   * @param answered whether the chain and the journal could both be asked
   */
  record Sighting(Submission submission, Optional<TransactionReceipt> receipt, boolean answered) {}

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
        Optional<TransactionReceipt> receipt = receipts.of(submission);
        if (receipt.isPresent()) {
          return seen(submission, receipt.get());
        }
        if (!submission.state().open()) {
          return new Sighting(submission, Optional.empty(), true);
        }
        answered = true;
      } catch (ChainUnavailableException | JournalUnavailableException e) {
        answered = false;
      }
    } while (waiting.pause());
    return new Sighting(submission, Optional.empty(), answered);
  }

  /** Others may have closed it meanwhile, and by another receipt. */
  private Sighting seen(Submission submission, TransactionReceipt receipt) {
    Submission closed = receipts.close(submission, receipt);
    boolean own = Revision.agrees(closed.state(), receipt);
    return new Sighting(closed, own ? Optional.of(receipt) : Optional.empty(), true);
  }
}
