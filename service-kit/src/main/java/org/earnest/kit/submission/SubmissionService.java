package org.earnest.kit.submission;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Requests;
import org.earnest.kit.http.Routes;

/** Answers what became of a transaction, whoever asked for it and however long ago. */
public final class SubmissionService implements HttpService {
  static final int RETRY_AFTER_SECONDS = 1;

  private final PostgresSubmissionJournal journal;

  public SubmissionService(PostgresSubmissionJournal journal) {
    this.journal = journal;
  }

  @Override
  public String name() {
    return "submissions";
  }

  @Override
  public String openApiResource() {
    return "openapi.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.get("/submissions/{id}", this::submission);
  }

  private void submission(Context context) {
    SubmissionId id =
        Requests.parse(
            "path parameter id", () -> new SubmissionId(new Hash32(context.pathParam("id"))));
    Submission found =
        journal
            .find(id)
            .orElseThrow(
                () ->
                    Problem.notFound("submission_not_found", "No submission has this id.")
                        .asException());
    if (found.state().open()) {
      context.header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
    }
    context.json(View.of(found, journal.history(id)));
  }

  /** Without calldata and raw bytes: whoever has those can send them. */
  private record View(
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
      List<SubmissionStep> history) {
    private static View of(Submission submission, List<SubmissionStep> history) {
      return new View(
          submission.id().toString(),
          submission.chain().toString(),
          submission.request().key(),
          submission.sender().hex(),
          submission.request().to().hex(),
          submission.request().value().toString(),
          StateName.of(submission.state()).text(),
          submission.state().open(),
          submission.state().inclusion().map(it -> it.name().toLowerCase(Locale.ROOT)),
          submission.state().signed().map(TransactionView::of),
          history);
    }
  }

  private record TransactionView(
      String hash,
      String signer,
      long nonce,
      String gasLimit,
      String maxFeePerGas,
      String maxPriorityFeePerGas) {
    private static TransactionView of(SignedTransaction transaction) {
      return new TransactionView(
          transaction.hash().hex(),
          transaction.signer().hex(),
          transaction.nonce(),
          transaction.gasLimit().toString(),
          transaction.maxFeePerGas().toString(),
          transaction.maxPriorityFeePerGas().toString());
    }
  }
}
