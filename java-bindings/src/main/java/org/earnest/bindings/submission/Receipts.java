package org.earnest.bindings.submission;

import java.util.Optional;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Mined;
import org.earnest.core.submission.SubmissionState.Replaced;
import org.earnest.core.submission.SubmissionState.Reverted;

/** Looks for a transaction's receipt, and writes down what it says. */
final class Receipts {
  /**
   * Blocks on top of a foreign transaction before it is believed: one node of several that lags
   * behind the others by less cannot hide a receipt for good.
   */
  static final int DEPTH_OF_A_SPENT_NONCE = 12;

  private final ChainReader chain;
  private final Node node;
  private final JournalSteps steps;

  Receipts(ChainReader chain, Node node, JournalSteps steps) {
    this.chain = chain;
    this.node = node;
    this.steps = steps;
  }

  /** The submission after a receipt was found and recorded; empty while there is none. */
  Optional<Submission> record(Submission submission, SignedTransaction transaction) {
    return chain
        .receipt(transaction.hash())
        .map(receipt -> close(submission, transaction, receipt));
  }

  Submission close(
      Submission submission, SignedTransaction transaction, TransactionReceipt receipt) {
    return steps.close(submission, state(submission, transaction, receipt));
  }

  /** Closes what has a receipt, or whose nonce was spent from elsewhere; empty while neither. */
  Optional<Submission> recordOrReplace(Submission submission, SignedTransaction transaction) {
    Optional<Submission> recorded = record(submission, transaction);
    if (recorded.isPresent() || !nonceLost(transaction)) {
      return recorded;
    }
    // The receipt may have come between the two questions.
    return record(submission, transaction)
        .or(() -> Optional.of(steps.close(submission, new Replaced(transaction))));
  }

  /** Whether the nonce was spent {@link #DEPTH_OF_A_SPENT_NONCE} blocks ago or earlier. */
  boolean nonceLost(SignedTransaction transaction) {
    if (!spent(transaction, BlockTag.Named.LATEST)) {
      return false;
    }
    long deep =
        chain
            .block(BlockTag.Named.LATEST)
            .map(head -> head.ref().number() - DEPTH_OF_A_SPENT_NONCE)
            .orElse(-1L);
    return deep >= 0 && spent(transaction, new BlockTag.Height(deep));
  }

  private boolean spent(SignedTransaction transaction, BlockTag at) {
    return chain.transactionCount(transaction.signer(), at).longValueExact() > transaction.nonce();
  }

  private SubmissionState state(
      Submission submission, SignedTransaction transaction, TransactionReceipt receipt) {
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
