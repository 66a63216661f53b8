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
import org.earnest.core.submission.SubmissionState.Reverted;

/** Looks for a transaction's receipt, and writes down what it says. */
final class Receipts {
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
        .map(receipt -> steps.close(submission, state(submission, transaction, receipt)));
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
