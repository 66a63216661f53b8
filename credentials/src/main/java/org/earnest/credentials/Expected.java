package org.earnest.credentials;

import java.util.Optional;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.proof.Proof;

/**
 * What a relying party asked for when it asked for a proof.
 *
 * @param challenge that must be in it, and is used up
 * @param domain that it must be for
 */
public record Expected(Optional<String> challenge, Optional<String> domain) {
  /** A proof for anybody, as a credential's is. */
  public static final Expected NOTHING = new Expected(Optional.empty(), Optional.empty());

  /** What a presentation is asked for by. */
  public static Expected of(String challenge, String domain) {
    return new Expected(Optional.of(challenge), Optional.of(domain));
  }

  /** Whether this proof was made for it; used up is nothing yet. */
  void requireMet(Proof proof) throws InvalidCredentialException {
    if (domain.isPresent() && !proof.domains().contains(domain.get())) {
      throw refused(CredentialRefusal.DOMAIN_MISMATCH, "the proof is not for the expected domain");
    }
    if (challenge.isPresent() && !challenge.equals(proof.challenge())) {
      throw refused(
          CredentialRefusal.CHALLENGE_MISMATCH, "the proof does not answer the expected challenge");
    }
  }

  /** Whether this proof was made for nobody else. */
  void requireNothingElse(Proof proof) throws InvalidCredentialException {
    if (domain.isEmpty() && !proof.domains().isEmpty()) {
      throw refused(
          CredentialRefusal.DOMAIN_MISMATCH, "the proof is for a domain and none was expected");
    }
    if (challenge.isEmpty() && proof.challenge().isPresent()) {
      throw refused(
          CredentialRefusal.CHALLENGE_MISMATCH,
          "the proof answers a challenge and none was expected");
    }
  }

  /** Uses the challenge up, which must be the last thing that can refuse the proof itself. */
  void consume(Challenges challenges) throws InvalidCredentialException {
    if (challenge.isPresent()) {
      challenges.require(challenge.get());
    }
  }

  private static InvalidCredentialException refused(CredentialRefusal refusal, String detail) {
    return new InvalidCredentialException(refusal, detail);
  }
}
