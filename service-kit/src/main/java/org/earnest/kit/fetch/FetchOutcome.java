package org.earnest.kit.fetch;

import java.net.URI;
import java.util.Optional;

/** What came of fetching a stranger's URL. */
public sealed interface FetchOutcome {
  /**
   * The server answered, with any status but a redirect.
   *
   * @param uri where the answer came from, after redirects
   * @param status judged by the caller: 404 is an answer
   */
  record Fetched(URI uri, int status, Optional<String> contentType, Body body)
      implements FetchOutcome {}

  /** Our rules forbid it; asking again is pointless. */
  record Refused(Refusal refusal, String detail) implements FetchOutcome {}

  /** It could not be had this time. */
  record Failed(Failure failure, String detail) implements FetchOutcome {}

  /** Why our rules forbid it. */
  enum Refusal {
    URL_MALFORMED,
    NOT_HTTPS,
    CREDENTIALS_IN_URL,
    ADDRESS_NOT_PUBLIC,
    TOO_MANY_REDIRECTS,
    BODY_TOO_LARGE,
    ENCODED_BODY;

    /** Stable, lower snake case. */
    public String code() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Why it could not be had. */
  enum Failure {
    HOST_UNKNOWN,
    UNREACHABLE,
    TLS_FAILED,
    TIMED_OUT;

    /** Stable, lower snake case. */
    public String code() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
