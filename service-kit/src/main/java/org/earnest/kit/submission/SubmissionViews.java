package org.earnest.kit.submission;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionState;

/** What the service answers. Without calldata and raw bytes: whoever has those can send them. */
final class SubmissionViews {
  private SubmissionViews() {}

  record View(
      String id,
      String chain,
      String key,
      String sender,
      String to,
      String value,
      String state,
      boolean open,
      Optional<String> inclusion,
      Optional<TransactionView> transaction,
      Optional<CarrierView> carrier,
      Optional<CallView> call,
      List<SubmissionStep> history) {
    static View of(Submission submission, Optional<CallView> call, List<SubmissionStep> history) {
      return new View(
          submission.id().toString(),
          submission.chain().toString(),
          submission.request().key(),
          submission.sender().hex(),
          submission.request().to().hex(),
          submission.request().value().toString(),
          StateName.of(submission.state()).text(),
          submission.state().open(),
          inclusionOf(submission),
          submission.state().signed().map(TransactionView::of),
          CarrierView.of(submission.state()),
          call,
          history);
    }
  }

  /**
   * One of a list.
   *
   * @param changedAt since when it stands so, by the database's clock
   */
  record Listed(
      String id,
      String chain,
      String key,
      String sender,
      String to,
      String value,
      String state,
      boolean open,
      Optional<String> inclusion,
      Optional<TransactionView> transaction,
      Optional<CarrierView> carrier,
      Instant changedAt) {
    static Listed of(SubmissionList.Row row) {
      View view = View.of(row.submission(), Optional.empty(), List.of());
      return new Listed(
          view.id(),
          view.chain(),
          view.key(),
          view.sender(),
          view.to(),
          view.value(),
          view.state(),
          view.open(),
          view.inclusion(),
          view.transaction(),
          view.carrier(),
          row.changedAt());
    }
  }

  /**
   * A page of the list.
   *
   * @param next the cursor of the page after it; empty on the last one
   */
  record Page(List<Listed> submissions, Optional<String> next) {
    static Page of(List<SubmissionList.Row> rows, int limit) {
      return new Page(
          rows.stream().map(Listed::of).toList(),
          rows.size() < limit ? Optional.empty() : Optional.of(rows.getLast().position().cursor()));
    }
  }

  /**
   * The last attempt.
   *
   * @param cancels whether it does nothing but spend the nonce
   */
  record TransactionView(
      String hash,
      String signer,
      long nonce,
      String gasLimit,
      String maxFeePerGas,
      String maxPriorityFeePerGas,
      boolean cancels) {
    private static TransactionView of(SignedTransaction transaction) {
      return new TransactionView(
          transaction.hash().hex(),
          transaction.signer().hex(),
          transaction.nonce(),
          transaction.gasLimit().toString(),
          transaction.maxFeePerGas().toString(),
          transaction.maxPriorityFeePerGas().toString(),
          transaction.cancels());
    }
  }

  /**
   * Whose transaction makes this call.
   *
   * @param index its place among the calls, from 0
   */
  record CarrierView(String id, int index) {
    private static Optional<CarrierView> of(SubmissionState state) {
      return state instanceof SubmissionState.Carried carried
          ? Optional.of(new CarrierView(carried.carrier().toString(), carried.index()))
          : Optional.empty();
    }
  }

  /**
   * What became of a call of another's transaction that is in a block.
   *
   * @param code {@code reverted} or {@code out_of_gas}; empty when it succeeded
   * @param reason the contract's, likewise
   */
  record CallView(boolean succeeded, Optional<String> code, Optional<String> reason) {
    static Optional<CallView> of(SubmissionOutcome outcome) {
      return switch (outcome) {
        case SubmissionOutcome.Settled settled ->
            Optional.of(new CallView(true, Optional.empty(), Optional.empty()));
        case SubmissionOutcome.Rejected rejected ->
            Optional.of(
                new CallView(false, Optional.of(rejected.code()), Optional.of(rejected.reason())));
        case SubmissionOutcome.Pending pending -> Optional.empty();
        case SubmissionOutcome.Unknown unknown -> Optional.empty();
      };
    }
  }

  private static Optional<String> inclusionOf(Submission submission) {
    return submission.state().inclusion().map(it -> it.name().toLowerCase(Locale.ROOT));
  }
}
