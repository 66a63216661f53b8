package org.earnest.credentials.fetch;

import java.net.URI;

/**
 * Gets what a stranger's credential points to: a status list, a schema. Whoever implements it keeps
 * requests away from private networks and bounds their time and size.
 */
public interface DocumentSource {
  /**
   * Gets it, following what redirects are allowed.
   *
   * @param accept as in HTTP's header
   */
  Answer get(URI uri, String accept);

  /** What came of it. */
  sealed interface Answer {
    /** The server answered 200. */
    record Received(String body) implements Answer {}

    /** It is not there, or the rules forbid to ask there; asking again is pointless. */
    record Refused(String detail) implements Answer {}

    /** Nobody answered this time. */
    record Unavailable(String detail) implements Answer {}
  }

  /** A source of nothing, for a verifier that shall stay within its process. */
  static DocumentSource none() {
    return (uri, accept) -> new Answer.Refused("nothing is fetched here");
  }
}
