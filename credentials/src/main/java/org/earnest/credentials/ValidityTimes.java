package org.earnest.credentials;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.proof.Proof;

/** Judges the times of a credential (VC Data Model 2.0 §4.9) and of its proof. */
final class ValidityTimes {
  /** How far the issuer's clock and ours may differ. */
  static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(60);

  private ValidityTimes() {}

  static boolean require(Credential credential, List<Proof> proofs, Instant now)
      throws InvalidCredentialException {
    Instant latestBegin = now.plus(MAX_CLOCK_SKEW);
    Instant earliestEnd = now.minus(MAX_CLOCK_SKEW);
    if (credential.validFrom().filter(latestBegin::isBefore).isPresent()) {
      throw refused(CredentialRefusal.NOT_YET_VALID, "validFrom is in the future");
    }
    if (credential.validUntil().filter(earliestEnd::isAfter).isPresent()) {
      throw refused(CredentialRefusal.EXPIRED, "validUntil has passed");
    }
    for (Proof proof : proofs) {
      require(proof, now);
    }
    return true;
  }

  /** The times of a proof alone. */
  static void require(Proof proof, Instant now) throws InvalidCredentialException {
    if (proof.created().filter(now.plus(MAX_CLOCK_SKEW)::isBefore).isPresent()) {
      throw refused(CredentialRefusal.NOT_YET_VALID, "proof.created is in the future");
    }
    if (proof.expires().filter(now.minus(MAX_CLOCK_SKEW)::isAfter).isPresent()) {
      throw refused(CredentialRefusal.EXPIRED, "proof.expires has passed");
    }
  }

  private static InvalidCredentialException refused(CredentialRefusal refusal, String detail) {
    return new InvalidCredentialException(refusal, detail);
  }
}
