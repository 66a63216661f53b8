package org.earnest.kit.submission;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.CarriedCalls;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionOperator;
import org.earnest.core.submission.SubmissionOperator.Intervention;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionState;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Requests;
import org.earnest.kit.http.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what became of a transaction, whoever asked for it and however long ago; and lets whoever
 * has the operator's token see to what stays where it is.
 */
public final class SubmissionService implements HttpService {
  static final int RETRY_AFTER_SECONDS = 1;

  private static final Logger LOG = LoggerFactory.getLogger(SubmissionService.class);

  private static final int CONFLICT = 409;

  private final PostgresSubmissionJournal journal;
  private final SubmissionOperator operator;
  private final CarriedCalls calls;
  private final OperatorToken token;

  public SubmissionService(
      PostgresSubmissionJournal journal,
      SubmissionOperator operator,
      CarriedCalls calls,
      OperatorToken token) {
    this.journal = journal;
    this.operator = operator;
    this.calls = calls;
    this.token = token;
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
    routes.get("/submissions", this::list);
    routes.get("/submissions/{id}", this::submission);
    routes.post("/submissions/{id}/retry", context -> intervene(context, operator::retry));
    routes.post("/submissions/{id}/cancel", context -> intervene(context, operator::cancel));
  }

  private void list(Context context) {
    SubmissionFilter filter = SubmissionFilter.of(context);
    context.json(SubmissionViews.Page.of(journal.page(filter), filter.limit()));
  }

  private void submission(Context context) {
    answer(
        context,
        journal.find(id(context)).orElseThrow(() -> unknown("No submission has this id.")));
  }

  private void intervene(Context context, Function<SubmissionId, Intervention> work) {
    token.require(context);
    switch (work.apply(id(context))) {
      case Intervention.Done(Submission submission) -> answer(context, submission);
      case Intervention.Refused(String code, String reason) -> throw refused(code, reason);
    }
  }

  private void answer(Context context, Submission found) {
    if (found.state().open()) {
      context.header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
    }
    context.json(SubmissionViews.View.of(found, call(found), journal.history(found.id())));
  }

  private Optional<SubmissionViews.CallView> call(Submission found) {
    return found.state() instanceof SubmissionState.Carried carried
        ? journal
            .find(carried.carrier())
            .flatMap(carrier -> SubmissionViews.CallView.of(called(carrier, carried.index())))
        : Optional.empty();
  }

  /** What the journal holds is told while the chain is away, too. */
  private SubmissionOutcome called(Submission carrier, int index) {
    try {
      return calls.of(carrier, index);
    } catch (ChainUnavailableException e) {
      LOG.debug("what became of call {} of {} is not told", index, carrier.id(), e);
      return new SubmissionOutcome.Unknown(Optional.empty());
    }
  }

  private static SubmissionId id(Context context) {
    return Requests.parse(
        "path parameter id", () -> new SubmissionId(new Hash32(context.pathParam("id"))));
  }

  private static RuntimeException refused(String code, String reason) {
    if (code.equals("submission_not_found")) {
      return unknown(reason);
    }
    Problem problem = Problem.of(CONFLICT, code, "Nothing was changed", reason);
    return switch (code) {
      case "account_busy", "cancellation_refused", "insufficient_funds" ->
          problem.retry().asException();
      default -> problem.asException();
    };
  }

  private static RuntimeException unknown(String reason) {
    return Problem.notFound("submission_not_found", reason).asException();
  }
}
