package org.earnest.kit.http;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.kit.json.StrictJson;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every exception that can leave a handler, as a problem. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static void answer(Exception failure, Context context) {
    problem(failure, context).send(context);
  }

  /** A stack overflow and its like; nothing of the request but the response is left to us. */
  static void answer(HttpServletResponse response, Error error) {
    LOG.error("a request failed", error);
    Problem problem = internal().traced(Trace.answered(response));
    response.setStatus(problem.status());
    response.setContentType(Problem.CONTENT_TYPE);
    try {
      response.getOutputStream().write(StrictJson.write(problem));
    } catch (IOException gone) {
      LOG.debug("the client did not wait for its problem", gone);
    }
  }

  private static Problem problem(Exception failure, Context context) {
    return switch (failure) {
      case ProblemException refused -> refused.problem();
      case HttpResponseException framework -> framework(framework, context);
      case DatabaseUnavailableException database -> {
        LOG.warn("{} {}: {}", context.method(), context.path(), database.code(), database);
        yield Problem.unavailable(database);
      }
      case JournalUnavailableException journal -> problem(journal, context);
      case ChainUnavailableException chain -> {
        LOG.warn("{} {}: chain unavailable", context.method(), context.path(), chain);
        yield chainUnavailable();
      }
      default -> {
        LOG.error("{} {} failed", context.method(), context.path(), failure);
        yield internal();
      }
    };
  }

  private static Problem problem(JournalUnavailableException journal, Context context) {
    return journal.getCause() instanceof DatabaseUnavailableException database
        ? problem(database, context)
        : problem(DatabaseUnavailableException.unavailable(journal), context);
  }

  static Problem internal() {
    return Problem.of(
        500,
        "internal_error",
        "Something failed inside",
        "This is a fault of the server, not of the request. The trace id finds it in the logs.");
  }

  private static Problem chainUnavailable() {
    return Problem.of(
            503,
            "chain_unavailable",
            "The chain is not available",
            "The chain's node did not answer. Try again later.")
        .retry();
  }

  private static Problem framework(HttpResponseException failure, Context context) {
    return switch (failure.getStatus()) {
      case 404 ->
          Problem.notFound(
              "route_not_found",
              "Nothing is served at %s %s; /openapi.json lists what is."
                  .formatted(context.method(), context.path()));
      case 405 ->
          Problem.of(
              405,
              "method_not_allowed",
              "The method is not allowed here",
              "%s is not served at %s; /openapi.json lists what is."
                  .formatted(context.method(), context.path()));
      case 413 -> tooLarge();
      default -> ofStatus(failure.getStatus());
    };
  }

  static Problem tooLarge() {
    return Problem.of(
        413,
        "body_too_large",
        "The body is too large",
        "A body may have %d bytes.".formatted(Host.MAX_BODY_BYTES));
  }

  /** A refusal of the server below us that has no sentence of its own. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 400 ->
          Problem.of(400, "bad_request", "Not a valid HTTP request", "It cannot be parsed.");
      case 413 -> tooLarge();
      case 414 -> Problem.of(414, "uri_too_long", "The URI is too long", "Shorten it.");
      case 431 ->
          Problem.of(
              431, "header_too_large", "The header is too large", "Send fewer or shorter fields.");
      default ->
          status >= 400 && status < 500
              ? Problem.of(
                  status,
                  "http_" + String.format(Locale.ROOT, "%d", status),
                  "The request was refused",
                  "The server refused it with this status.")
              : internal();
    };
  }
}
