package org.earnest.credentials;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.Presentation;
import tools.jackson.databind.JsonNode;

/**
 * How much one presentation may have fetched: each credential in it names an issuer, statuses and
 * schemas, and a holder that names many, or slow ones, would keep the verifier busy for nothing.
 */
final class FetchBudget {
  /** As they are named: enough for as many credentials as there may be, with one of each. */
  static final int MAX_FETCHES = 3 * Presentation.MAX_CREDENTIALS;

  /** After this, no further credential is begun. */
  static final Duration MAX_DURATION = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Instant end;
  private int left = MAX_FETCHES;

  FetchBudget(InstantSource clock) {
    this.clock = clock;
    this.end = clock.instant().plus(MAX_DURATION);
  }

  /**
   * Takes what this credential names, before any of it is fetched.
   *
   * @throws InvalidCredentialException {@code TOO_COMPLEX}, or {@code STATUS_UNAVAILABLE} where
   *     those before took too long
   */
  void take(Credential credential) throws InvalidCredentialException {
    left -= 1 + count(credential, "credentialStatus") + count(credential, "credentialSchema");
    if (left < 0) {
      throw new InvalidCredentialException(
          CredentialRefusal.TOO_COMPLEX,
          "the presentation names more than %d issuers, statuses and schemas"
              .formatted(MAX_FETCHES));
    }
    if (clock.instant().isAfter(end)) {
      throw new InvalidCredentialException(
          CredentialRefusal.STATUS_UNAVAILABLE,
          "what the credentials before name took more than %d s to fetch"
              .formatted(MAX_DURATION.toSeconds()));
    }
  }

  private static int count(Credential credential, String member) {
    JsonNode named = credential.json().path(member);
    return named.isArray() ? named.size() : named.isMissingNode() ? 0 : 1;
  }
}
