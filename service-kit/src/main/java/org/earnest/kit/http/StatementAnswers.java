package org.earnest.kit.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.credential.StatementForm;
import org.earnest.core.credential.StatementOutcome;

/** Routes that answer with a credential, in the form that the request asks for. */
public final class StatementAnswers {
  /** A cryptosuite's name. */
  public static final String CRYPTOSUITE = "cryptosuite";

  /** {@code vc+jwt} or {@code dc+sd-jwt}, whose plus is {@code %2B} in a query. */
  public static final String FORMAT = "format";

  /** Nobody waits for a turn here: whoever finds none free asks again. */
  static final int RETRY_AFTER_SECONDS = 1;

  private StatementAnswers() {}

  /**
   * Answers a request.
   *
   * @param issued asked with the form that the request's query names
   */
  public static void send(Context context, Function<StatementForm, StatementOutcome> issued) {
    StatementForm form = new StatementForm(once(context, CRYPTOSUITE), once(context, FORMAT));
    switch (outcome(issued, form)) {
      case StatementOutcome.Issued(String credential, String mediaType) ->
          context.contentType(mediaType).result(credential);
      case StatementOutcome.Unsupported(String detail) ->
          Problem.of(400, "option_unsupported", "An option is not supported", detail).send(context);
      case StatementOutcome.TooLarge(String detail) ->
          Problem.of(409, "statement_too_large", "This form cannot say all of it", detail)
              .send(context);
      case StatementOutcome.Busy(String detail) -> {
        context.header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
        Problem.of(503, "too_busy", "Too busy", detail).retry().send(context);
      }
    }
  }

  private static StatementOutcome outcome(
      Function<StatementForm, StatementOutcome> issued, StatementForm form) {
    try {
      return issued.apply(form);
    } catch (SignerUnavailableException unavailable) {
      throw Problem.of(
              503,
              "signer_unavailable",
              "The issuer's key is not available",
              "nothing was issued; try again later")
          .retry()
          .asException();
    }
  }

  private static Optional<String> once(Context context, String name) {
    List<String> given = context.queryParams(name);
    if (given.size() > 1) {
      throw Problem.invalidRequest("query parameter " + name + ": given more than once")
          .asException();
    }
    return given.stream().findFirst();
  }
}
