package org.earnest.bindings.submission;

import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Expired;
import org.earnest.core.submission.SubmissionState.Final;
import org.earnest.core.submission.SubmissionState.Mined;
import org.earnest.core.submission.SubmissionState.Reorganised;
import org.earnest.core.submission.SubmissionState.Replaced;
import org.earnest.core.submission.SubmissionState.Reverted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again about what was closed, as a reorganisation may have changed it. A missing receipt
 * proves nothing, for the node may lag; another block at the same height does.
 */
final class Revision {
  private static final Logger LOG = LoggerFactory.getLogger(Revision.class);

  private final ChainReader chain;
  private final Receipts receipts;
  private final JournalSteps steps;

  Revision(ChainReader chain, Receipts receipts, JournalSteps steps) {
    this.chain = chain;
    this.receipts = receipts;
    this.steps = steps;
  }

  /**
   * What the second look found.
   *
   * @param submission open again if it was taken back
   * @param confirmed whether the chain bears the closed state out
   */
  record Look(Submission submission, Optional<TransactionReceipt> receipt, boolean confirmed) {}

  Look look(Submission closed, SignedTransaction transaction) {
    Optional<TransactionReceipt> receipt = chain.receipt(transaction.hash());
    if (receipt.isPresent()) {
      Submission recorded =
          agrees(closed.state(), receipt.get())
              ? closed
              : receipts.close(reopen(closed, transaction), transaction, receipt.get());
      return new Look(recorded, receipt, true);
    }
    return switch (standing(closed.state(), transaction)) {
      case STANDS -> new Look(closed, receipt, true);
      case UNSEEN -> new Look(closed, receipt, false);
      case TAKEN_BACK -> new Look(reopen(closed, transaction), receipt, false);
    };
  }

  private Submission reopen(Submission closed, SignedTransaction transaction) {
    if (closed.state() instanceof Final) {
      LOG.error("the chain took back {}, which counted as final", transaction.hash());
    }
    return steps.stepOrReread(closed, new Reorganised(transaction));
  }

  static boolean agrees(SubmissionState state, TransactionReceipt receipt) {
    return switch (state) {
      case Mined mined -> receipt.succeeded() && mined.block().equals(receipt.block());
      case Reverted reverted -> !receipt.succeeded() && reverted.block().equals(receipt.block());
      case Final firm ->
          (firm.transaction().cancels() || receipt.succeeded() == firm.revert().isEmpty())
              && firm.block().equals(receipt.block());
      case Expired expired -> expired.block().equals(receipt.block());
      case Replaced replaced -> false;
      case SubmissionState.Claimed claimed -> true;
      case SubmissionState.Prepared prepared -> true;
      case Reorganised reorganised -> true;
      case SubmissionState.Signed signed -> true;
      case SubmissionState.Broadcast broadcast -> true;
      case SubmissionState.Rejected rejected -> true;
      case SubmissionState.Carried carried -> true;
      case SubmissionState.Dissolved dissolved -> true;
    };
  }

  private Standing standing(SubmissionState state, SignedTransaction transaction) {
    return switch (state) {
      case Mined mined -> standing(mined.block());
      case Reverted reverted -> standing(reverted.block());
      case Expired expired -> standing(expired.block());
      case Final firm -> standing(firm.block());
      case Replaced replaced ->
          // No block is known that could be missing: a node that lags looks like one taken back.
          receipts.nonceLost(transaction) ? Standing.STANDS : Standing.UNSEEN;
      case SubmissionState.Claimed claimed -> Standing.UNSEEN;
      case SubmissionState.Prepared prepared -> Standing.UNSEEN;
      case Reorganised reorganised -> Standing.UNSEEN;
      case SubmissionState.Signed signed -> Standing.UNSEEN;
      case SubmissionState.Broadcast broadcast -> Standing.UNSEEN;
      case SubmissionState.Rejected rejected -> Standing.UNSEEN;
      case SubmissionState.Carried carried -> Standing.UNSEEN;
      case SubmissionState.Dissolved dissolved -> Standing.UNSEEN;
    };
  }

  private Standing standing(BlockRef block) {
    Optional<BlockHeader> there = chain.block(new BlockTag.Height(block.number()));
    if (there.isEmpty()) {
      return Standing.UNSEEN;
    }
    return there.get().ref().hash().equals(block.hash()) ? Standing.STANDS : Standing.TAKEN_BACK;
  }

  private enum Standing {
    STANDS,
    /** The node's chain does not reach that far: it lags, or the chain is shorter now. */
    UNSEEN,
    TAKEN_BACK
  }
}
