package org.earnest.bindings.submission;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.submission.Revision.Look;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;

/**
 * Brings the journal and the chain together: by hash, then by nonce. Every step may be taken twice
 * or by two at once.
 */
final class Reconciler {
  private final SubmissionJournal journal;
  private final ChainReader chain;
  private final Sequencer sequencer;
  private final Receipts receipts;
  private final Revision revision;
  private final Gaps gaps;
  private final EvmAddress signer;

  Reconciler(
      SubmissionJournal journal,
      ChainReader chain,
      Sequencer sequencer,
      Receipts receipts,
      Revision revision,
      Gaps gaps,
      EvmAddress signer) {
    this.journal = journal;
    this.chain = chain;
    this.sequencer = sequencer;
    this.receipts = receipts;
    this.revision = revision;
    this.gaps = gaps;
    this.signer = signer;
  }

  Reconciliation reconcile() {
    long spent = chain.transactionCount(signer, BlockTag.Named.LATEST).longValueExact();
    Set<SubmissionId> reorganised = takeBack(spent);
    int closed = 0;
    int resent = 0;
    int unsigned = 0;
    // By nonce: a node keeps nothing whose predecessors it does not know.
    for (Submission open : journal.open(chain.chainId(), signer)) {
      Optional<SignedTransaction> signed = open.state().signed();
      if (signed.isEmpty()) {
        unsigned++;
      } else if (signed.get().nonce() < spent
          && receipts.recordOrReplace(open, signed.get()).isPresent()) {
        closed++;
      } else {
        sequencer.send(open, signed.get());
        resent += reorganised.contains(open.id()) ? 0 : 1;
      }
    }
    return new Reconciliation(closed, reorganised.size(), resent, gaps.fill(spent), unsigned);
  }

  /** What was closed, and whose nonce is free again, is open again or at least sent again. */
  private Set<SubmissionId> takeBack(long spent) {
    Set<SubmissionId> found = new HashSet<>();
    for (Submission row : journal.fromNonce(chain.chainId(), signer, spent)) {
      if (row.state().open()) {
        continue;
      }
      SignedTransaction transaction = row.state().signed().orElseThrow();
      Look look = revision.look(row, transaction);
      if (!look.confirmed()) {
        sequencer.send(look.submission(), transaction);
        found.add(row.id());
      }
    }
    return found;
  }
}
