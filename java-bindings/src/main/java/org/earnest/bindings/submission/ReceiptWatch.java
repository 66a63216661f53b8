package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.Optional;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;

/** Waits for one transaction's receipt, and sends its bytes again when nothing is heard of it. */
final class ReceiptWatch {
  private final Sequencer sequencer;
  private final Receipts receipts;
  private final SubmissionSettings settings;

  ReceiptWatch(
      Sequencer sequencer, Receipts receipts, SubmissionSettings settings) {
    this.sequencer = sequencer;
    this.receipts = receipts;
    this.settings = settings;
  }

  /** What was seen last. */
  record Sighting(Submission submission, boolean nodeAnswered) {}

  Sighting watch(Submission sent, SignedTransaction transaction, Duration patience) {
    Patience waiting = new Patience(patience, settings.pollInterval());
    Submission submission = sent;
    boolean answered;
    long resendAt = System.nanoTime() + settings.resendInterval().toNanos();
    do {
      try {
        Optional<Submission> closed = receipts.recordOrReplace(submission, transaction);
        if (closed.isPresent()) {
          return new Sighting(closed.get(), true);
        }
        answered = true;
      } catch (ChainUnavailableException e) {
        answered = false;
      }
      if (System.nanoTime() - resendAt >= 0) {
        submission = sequencer.send(submission, transaction);
        resendAt = System.nanoTime() + settings.resendInterval().toNanos();
      }
    } while (waiting.pause());
    return new Sighting(submission, answered);
  }
}
