package org.earnest.bindings.submission;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.submission.Line.Pushed;
import org.earnest.bindings.submission.Revision.Look;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
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
  private final Line line;
  private final Receipts receipts;
  private final Revision revision;
  private final Confirmations confirmations;
  private final Backlog backlog;
  private final EvmAddress signer;

  Reconciler(
      SubmissionJournal journal,
      ChainReader chain,
      Line line,
      Receipts receipts,
      Revision revision,
      Confirmations confirmations,
      Backlog backlog,
      EvmAddress signer) {
    this.journal = journal;
    this.chain = chain;
    this.line = line;
    this.receipts = receipts;
    this.revision = revision;
    this.confirmations = confirmations;
    this.backlog = backlog;
    this.signer = signer;
  }

  /**
   * One round. What the chain does not tell is left for the next one, and sent again meanwhile.
   *
   * @param waiting for the turn to send
   * @throws ChainUnavailableException when it was not told everything
   */
  Reconciliation reconcile(Patience waiting) {
    long spent = chain.transactionCount(signer, BlockTag.Named.LATEST).longValueExact();
    Doubts doubts = new Doubts();
    int fallen = confirmations.check(spent, doubts);
    List<Submission> unseen = takeBack(spent, doubts);
    int reorganised = fallen + unseen.size();
    int closed = 0;
    int unsigned = 0;
    Set<SubmissionId> waitingStill = new HashSet<>();
    for (Submission open : journal.open(chain.chainId(), signer)) {
      if (open.state().signed().filter(tx -> recorded(open, tx, spent, doubts)).isPresent()) {
        closed++;
        continue;
      }
      if (open.state().planned().isEmpty()) {
        unsigned++;
        continue;
      }
      waitingStill.add(open.id());
      if (unseen.stream().noneMatch(row -> row.id().equals(open.id()))) {
        unseen.add(open);
      }
    }
    backlog.set(waitingStill);
    // By nonce: a node keeps nothing whose predecessors it does not know.
    unseen.sort((a, b) -> Long.compare(nonce(a), nonce(b)));
    Optional<Pushed> pushed =
        unseen.isEmpty() && !hasGivenOut(spent)
            ? Optional.of(line.rest())
            : line.push(unseen, spent, waiting);
    doubts.raise();
    int resent = pushed.map(Pushed::sent).orElse(0);
    return new Reconciliation(
        closed,
        reorganised,
        Math.max(0, resent - reorganised),
        pushed.map(Pushed::filled).orElse(0),
        unsigned);
  }

  /** Below a nonce that was given out and not spent, others may be held by nobody. */
  private boolean hasGivenOut(long spent) {
    return journal.highestNonce(chain.chainId(), signer).orElse(-1) >= spent;
  }

  private boolean recorded(
      Submission open, SignedTransaction transaction, long spent, Doubts doubts) {
    return transaction.nonce() < spent
        && doubts.ask(() -> receipts.recordOrReplace(open).isPresent(), false);
  }

  /** What was closed, and whose nonce is free again or unseen; open again where that is proved. */
  private List<Submission> takeBack(long spent, Doubts doubts) {
    List<Submission> found = new ArrayList<>();
    for (Submission row : journal.fromNonce(chain.chainId(), signer, spent)) {
      if (row.state().open()) {
        continue;
      }
      Look look =
          doubts.ask(
              () -> revision.look(row, row.state().signed().orElseThrow()),
              new Look(row, Optional.empty(), false));
      if (!look.confirmed()) {
        found.add(look.submission());
      }
    }
    return found;
  }

  private static long nonce(Submission row) {
    return row.state().planned().orElseThrow().nonce();
  }
}
