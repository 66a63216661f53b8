package org.earnest.credentials;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.Presentation;
import org.earnest.credentials.proof.Proof;
import tools.jackson.databind.JsonNode;

/**
 * How much one presentation may have fetched: each credential in it names an issuer, statuses and
 * schemas, and a holder that names many, or slow ones, would keep the verifier busy for nothing.
 */
final class FetchBudget {
  /** As they are named: enough for as many credentials as there may be, with one of each. */
  static final int MAX_FETCHES = 3 * Presentation.MAX_CREDENTIALS;

  /** After this, nothing further is begun to be fetched. */
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
   * @param proofs of it, each of whose makers has a document
   * @throws InvalidCredentialException {@code TOO_COMPLEX}, or {@code STATUS_UNAVAILABLE} where
   *     those before took too long
   */
  void take(Credential credential, List<Proof> proofs) throws InvalidCredentialException {
    Set<Did> makers = new HashSet<>();
    makers.add(credential.issuer());
    proofs.forEach(proof -> makers.add(proof.verificationMethod().did()));
    left -=
        makers.size()
            + count(credential, "credentialStatus")
            + count(credential, "credentialSchema");
    if (left < 0) {
      throw new InvalidCredentialException(
          CredentialRefusal.TOO_COMPLEX,
          "the presentation names more than %d issuers, statuses and schemas"
              .formatted(MAX_FETCHES));
    }
    requireTime();
  }

  /**
   * To be asked before each fetch.
   *
   * @throws InvalidCredentialException {@code STATUS_UNAVAILABLE} where those before took too long
   */
  void requireTime() throws InvalidCredentialException {
    if (clock.instant().isAfter(end)) {
      throw new InvalidCredentialException(
          CredentialRefusal.STATUS_UNAVAILABLE,
          "what was fetched before took more than %d s".formatted(MAX_DURATION.toSeconds()));
    }
  }

  private static int count(Credential credential, String member) {
    JsonNode named = credential.json().path(member);
    return named.isArray() ? named.size() : named.isMissingNode() ? 0 : 1;
  }
}
