package org.earnest.bindings.submission;

import java.util.Optional;
import org.earnest.bindings.submission.Revision.Look;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionState.Broadcast;
import org.earnest.core.submission.SubmissionState.Carried;
import org.earnest.core.submission.SubmissionState.Claimed;
import org.earnest.core.submission.SubmissionState.Dissolved;
import org.earnest.core.submission.SubmissionState.Expired;
import org.earnest.core.submission.SubmissionState.Final;
import org.earnest.core.submission.SubmissionState.Mined;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.earnest.core.submission.SubmissionState.Reorganised;
import org.earnest.core.submission.SubmissionState.Replaced;
import org.earnest.core.submission.SubmissionState.Reverted;
import org.earnest.core.submission.SubmissionState.Signed;

/** What is told to the caller of a submission that was closed. */
final class Outcomes {
  private Outcomes() {}

  /** Empty while the chain does not bear out what was recorded, or nothing was. */
  static Optional<SubmissionOutcome> of(Look look) {
    if (!look.confirmed()) {
      return Optional.empty();
    }
    return switch (look.submission().state()) {
      case Mined mined -> settled(look, Inclusion.INCLUDED);
      case Reverted reverted ->
          Optional.of(
              rejected("reverted", reverted.reason(), reverted.transaction(), Inclusion.INCLUDED));
      case Expired expired -> Optional.of(expired(expired.transaction(), Inclusion.INCLUDED));
      case Final firm -> ofFinal(look, firm);
      case Replaced replaced ->
          Optional.of(
              rejected(
                  "nonce_spent",
                  "another transaction spent its nonce: the account is in use elsewhere",
                  replaced.transaction(),
                  // It is judged at a final block.
                  Inclusion.FINAL));
      case Claimed claimed -> Optional.empty();
      case Rejected rejected -> Optional.empty();
      case Prepared prepared -> Optional.empty();
      case Signed signed -> Optional.empty();
      case Broadcast broadcast -> Optional.empty();
      case Reorganised reorganised -> Optional.empty();
      case Carried carried -> Optional.empty();
      case Dissolved dissolved -> Optional.empty();
    };
  }

  private static Optional<SubmissionOutcome> ofFinal(Look look, Final firm) {
    if (firm.transaction().cancels()) {
      return Optional.of(expired(firm.transaction(), Inclusion.FINAL));
    }
    return firm.revert().isPresent()
        ? Optional.of(
            rejected("reverted", firm.revert().get(), firm.transaction(), Inclusion.FINAL))
        : settled(look, Inclusion.FINAL);
  }

  /** A node that lags may know the block and not yet the receipt. */
  private static Optional<SubmissionOutcome> settled(Look look, Inclusion inclusion) {
    return look.receipt()
        .filter(TransactionReceipt::succeeded)
        .map(receipt -> new SubmissionOutcome.Settled(receipt, inclusion));
  }

  private static SubmissionOutcome expired(SignedTransaction cancellation, Inclusion inclusion) {
    return rejected(
        "expired",
        "it was given up, as it was stuck at the highest fee allowed or its key's policy has changed;"
            + " nothing was done",
        cancellation,
        inclusion);
  }

  private static SubmissionOutcome rejected(
      String code, String reason, SignedTransaction transaction, Inclusion inclusion) {
    return new SubmissionOutcome.Rejected(code, reason, transaction.hash(), inclusion);
  }
}
