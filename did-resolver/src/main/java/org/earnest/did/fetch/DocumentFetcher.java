package org.earnest.did.fetch;

import java.net.URI;
import java.util.Optional;

/**
 * Gets what a stranger's DID points to. Whoever implements it keeps requests away from private
 * networks and bounds their time and size; what leads there is {@link Answer.Forbidden}.
 */
public interface DocumentFetcher {
  /**
   * Gets it, following what redirects are allowed.
   *
   * @param accept as in HTTP's header
   */
  Answer get(URI uri, String accept);

  /** What came of it. */
  sealed interface Answer {
    /**
     * The server answered, with any status.
     *
     * @param contentType as in HTTP's header
     */
    record Received(int status, Optional<String> contentType, String body) implements Answer {}

    /** The rules forbid to ask there; asking again is pointless. */
    record Forbidden(String detail) implements Answer {}

    /** What is there is too large, or in a form that is not read. */
    record Unreadable(String detail) implements Answer {}

    /** Nobody answered this time. */
    record Unavailable(String detail) implements Answer {}
  }
}
