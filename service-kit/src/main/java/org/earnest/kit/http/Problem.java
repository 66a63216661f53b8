package org.earnest.kit.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.kit.json.StrictJson;
import org.earnest.kit.postgres.DatabaseUnavailableException;

/**
 * A problem detail (RFC 9457) with three extension members.
 *
 * @param type {@code urn:earnest:problem:<code>}; a name, not an address to fetch
 * @param title the same words for every occurrence of the code
 * @param status the HTTP status
 * @param detail what happened this time, and what to do; never internals
 * @param code stable, lower snake case; what programs switch over
 * @param retryable true where the same request may succeed later without a change
 * @param traceId the request's trace id (W3C Trace Context), as the logs have it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    boolean retryable,
    Optional<String> traceId) {
  public static final String CONTENT_TYPE = "application/problem+json";
  public static final String TYPE_PREFIX = "urn:earnest:problem:";

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final int FIRST_ERROR = 400;
  private static final int LAST_ERROR = 599;

  public Problem {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("a problem's code is lower snake case");
    }
    if (status < FIRST_ERROR || status > LAST_ERROR) {
      throw new IllegalArgumentException("a problem's status is 400 to 599");
    }
  }

  /** A problem that the same request will meet again. */
  public static Problem of(int status, String code, String title, String detail) {
    return new Problem(TYPE_PREFIX + code, title, status, detail, code, false, Optional.empty());
  }

  /** The request itself is wrong: 400 {@code invalid_request}. */
  public static Problem invalidRequest(String detail) {
    return of(400, "invalid_request", "The request is not valid", detail);
  }

  /** There is no such thing: 404 with the service's own code. */
  public static Problem notFound(String code, String detail) {
    return of(404, code, "Not found", detail);
  }

  static Problem unavailable(DatabaseUnavailableException failure) {
    return of(503, failure.code(), "The database is not available", failure.detail()).retry();
  }

  /** The same problem, marked as one that may pass by itself. */
  public Problem retry() {
    return new Problem(type, title, status, detail, code, true, traceId);
  }

  /** The same problem with its request's trace id. */
  public Problem traced(String trace) {
    return new Problem(type, title, status, detail, code, retryable, Optional.of(trace));
  }

  /** Answers the request with this problem, its trace id filled in. */
  public void send(Context context) {
    context
        .status(status)
        .contentType(CONTENT_TYPE)
        .result(StrictJson.write(traced(Trace.of(context).traceId())));
  }

  /** To be thrown where an edge cannot return it. */
  public ProblemException asException() {
    return new ProblemException(this);
  }
}
