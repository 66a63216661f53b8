package org.earnest.bindings.submission;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.FinalBlock;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionListener;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Expired;
import org.earnest.core.submission.SubmissionState.Mined;
import org.earnest.core.submission.SubmissionState.Replaced;
import org.earnest.core.submission.SubmissionState.Reverted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for a transaction's receipt, and writes down what it says. */
final class Receipts {
  private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

  private final ChainReader chain;
  private final Node node;
  private final JournalSteps steps;
  private final FinalBlock finalBlock;
  private final SubmissionListener listener;
  private final FailedCalls failedCalls;

  Receipts(
      ChainReader chain,
      Node node,
      JournalSteps steps,
      FinalBlock finalBlock,
      SubmissionListener listener) {
    this.chain = chain;
    this.node = node;
    this.steps = steps;
    this.finalBlock = finalBlock;
    this.listener = listener;
    this.failedCalls = new FailedCalls(listener);
  }

  /** The receipt of its last attempt, if there is one. */
  Optional<TransactionReceipt> of(Submission submission) {
    return chain.receipt(submission.state().signed().orElseThrow().hash());
  }

  /** The submission after the receipt of its last attempt was recorded. */
  Submission close(Submission submission, TransactionReceipt receipt) {
    return close(submission, submission.state().signed().orElseThrow(), receipt);
  }

  private Optional<Submission> record(Submission submission, SignedTransaction attempt) {
    return chain.receipt(attempt.hash()).map(receipt -> close(submission, attempt, receipt));
  }

  Submission close(
      Submission submission, SignedTransaction transaction, TransactionReceipt receipt) {
    SubmissionState closed = state(submission, transaction, receipt);
    return steps.close(
        submission,
        closed,
        () -> {
          if (closed instanceof Reverted) {
            listener.reverted(transaction.signer(), receipt.gasUsed());
          } else if (closed instanceof Mined) {
            failedCalls.tell(submission, transaction, receipt);
          }
        });
  }

  /**
   * Closes that of which any attempt has a receipt, or whose nonce was spent from elsewhere; empty
   * while neither.
   */
  Optional<Submission> recordOrReplace(Submission submission) {
    SignedTransaction last = submission.state().signed().orElseThrow();
    Set<SignedTransaction> attempts = new LinkedHashSet<>(Set.of(last));
    attempts.addAll(steps.attempts(submission));
    Optional<Submission> recorded = recordAny(submission, attempts);
    if (recorded.isPresent() || !nonceLost(last)) {
      return recorded;
    }
    // The receipt may have come between the two questions.
    return recordAny(submission, attempts)
        .or(() -> Optional.of(steps.close(submission, new Replaced(last), () -> {})));
  }

  private Optional<Submission> recordAny(Submission submission, Set<SignedTransaction> attempts) {
    return attempts.stream().flatMap(attempt -> record(submission, attempt).stream()).findFirst();
  }

  /**
   * Whether the nonce was spent in a final block. A younger one proves nothing: the node may lag,
   * and know the nonce before it knows the receipt.
   */
  boolean nonceLost(SignedTransaction transaction) {
    return spent(transaction, BlockTag.Named.LATEST)
        && finalBlock.tag().filter(tag -> wasSpent(transaction, tag)).isPresent();
  }

  /** A node that has forgotten the state of that block proves nothing either. */
  private boolean wasSpent(SignedTransaction transaction, BlockTag at) {
    try {
      return spent(transaction, at);
    } catch (ChainUnavailableException e) {
      LOG.warn(
          "{} may be lost, and the node does not tell: {}", transaction.hash(), e.getMessage());
      return false;
    }
  }

  private boolean spent(SignedTransaction transaction, BlockTag at) {
    return chain.transactionCount(transaction.signer(), at).longValueExact() > transaction.nonce();
  }

  private SubmissionState state(
      Submission submission, SignedTransaction transaction, TransactionReceipt receipt) {
    if (transaction.cancels()) {
      return new Expired(transaction, receipt.block());
    }
    return receipt.succeeded()
        ? new Mined(transaction, receipt.block())
        : new Reverted(transaction, receipt.block(), reason(submission, transaction, receipt));
  }

  /** A receipt has no reason in it: the call is made again on the state before its block. */
  private String reason(
      Submission submission, SignedTransaction transaction, TransactionReceipt receipt) {
    if (receipt.gasUsed().equals(transaction.gasLimit())) {
      return "out of gas: all " + transaction.gasLimit() + " units were used";
    }
    BlockTag before = new BlockTag.Height(Math.max(0, receipt.block().number() - 1));
    try {
      return node.rehearse(transaction.signer(), submission.request(), before)
          .orElse("reverted after what came before it in its block");
    } catch (ChainUnavailableException e) {
      return "reverted; the node does not tell why";
    }
  }
}
