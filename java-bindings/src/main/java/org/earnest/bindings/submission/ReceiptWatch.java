package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.Optional;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionState.Replaced;

/** Waits for one transaction's receipt, and sends its bytes again when nothing is heard of it. */
final class ReceiptWatch {
  /** A node may know an account's new nonce a moment before it serves the receipt. */
  private static final int SIGHTINGS_OF_A_SPENT_NONCE = 5;

  private final ChainReader chain;
  private final Sequencer sequencer;
  private final Receipts receipts;
  private final JournalSteps steps;
  private final SubmissionSettings settings;

  ReceiptWatch(
      ChainReader chain,
      Sequencer sequencer,
      Receipts receipts,
      JournalSteps steps,
      SubmissionSettings settings) {
    this.chain = chain;
    this.sequencer = sequencer;
    this.receipts = receipts;
    this.steps = steps;
    this.settings = settings;
  }

  /** What was seen last. */
  record Sighting(Submission submission, boolean nodeAnswered) {}

  Sighting watch(Submission sent, SignedTransaction transaction, Duration patience) {
    Patience waiting = new Patience(patience, settings.pollInterval());
    Submission submission = sent;
    boolean answered;
    int spent = 0;
    long resendAt = System.nanoTime() + settings.resendInterval().toNanos();
    do {
      try {
        Optional<Submission> closed = receipts.record(submission, transaction);
        if (closed.isPresent()) {
          return new Sighting(closed.get(), true);
        }
        spent = nonceSpent(transaction) ? spent + 1 : 0;
        answered = true;
      } catch (ChainUnavailableException e) {
        answered = false;
      }
      if (spent >= SIGHTINGS_OF_A_SPENT_NONCE) {
        return new Sighting(steps.close(submission, new Replaced(transaction)), true);
      }
      if (System.nanoTime() - resendAt >= 0) {
        submission = sequencer.send(submission, transaction);
        resendAt = System.nanoTime() + settings.resendInterval().toNanos();
      }
    } while (waiting.pause());
    return new Sighting(submission, answered);
  }

  private boolean nonceSpent(SignedTransaction transaction) {
    return chain.transactionCount(transaction.signer(), BlockTag.Named.LATEST).longValueExact()
        > transaction.nonce();
  }
}
