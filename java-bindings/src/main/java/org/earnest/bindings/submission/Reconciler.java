package org.earnest.bindings.submission;

import java.util.Optional;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionState.Replaced;
import org.earnest.core.submission.SubmissionState.Signed;

/** Brings the journal and the chain together after either was away: by hash, then by nonce. */
final class Reconciler {
  private final SubmissionJournal journal;
  private final ChainReader chain;
  private final Sequencer sequencer;
  private final Receipts receipts;
  private final JournalSteps steps;
  private final EvmAddress signer;

  Reconciler(
      SubmissionJournal journal,
      ChainReader chain,
      Sequencer sequencer,
      Receipts receipts,
      JournalSteps steps,
      EvmAddress signer) {
    this.journal = journal;
    this.chain = chain;
    this.sequencer = sequencer;
    this.receipts = receipts;
    this.steps = steps;
    this.signer = signer;
  }

  Reconciliation reconcile() {
    long spent = chain.transactionCount(signer, BlockTag.Named.LATEST).longValueExact();
    int reorganised = takeBack(spent);
    int closed = 0;
    int resent = 0;
    int unsigned = 0;
    for (Submission open : journal.open(chain.chainId(), signer)) {
      Optional<SignedTransaction> signed = open.state().signed();
      if (signed.isEmpty()) {
        unsigned++;
      } else if (close(open, signed.get(), spent)) {
        closed++;
      } else {
        sequencer.send(open, signed.get());
        resent++;
      }
    }
    return new Reconciliation(closed, reorganised, resent - reorganised, unsigned);
  }

  /** What was closed, and whose nonce is free again, is open again. */
  private int takeBack(long spent) {
    int count = 0;
    for (Submission row : journal.fromNonce(chain.chainId(), signer, spent)) {
      SignedTransaction transaction = row.state().signed().orElseThrow();
      if (!row.state().open() && chain.receipt(transaction.hash()).isEmpty()) {
        steps.step(row, new Signed(transaction));
        count++;
      }
    }
    return count;
  }

  private boolean close(Submission open, SignedTransaction transaction, long spent) {
    if (receipts.record(open, transaction).isPresent()) {
      return true;
    }
    if (transaction.nonce() >= spent) {
      return false;
    }
    steps.close(open, new Replaced(transaction));
    return true;
  }
}
