package org.earnest.credentials;

import java.time.Duration;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;

/**
 * Challenges that proofs must answer, each once (VC Data Integrity 1.0 §2.1, {@code challenge}). A
 * relying party makes one, and the proof that carries it is accepted one time only, also when it
 * arrives in several processes at once.
 */
public interface Challenges {
  /** How every challenge made here begins, so that no other is taken for one. */
  String PREFIX = "earnest-challenge-";

  /**
   * A new challenge that nobody can guess, beginning with {@link #PREFIX}.
   *
   * @param lifetime for so long it is good, by the clock of wherever challenges are kept
   */
  String create(Duration lifetime);

  /** Uses a challenge up. */
  Use consume(String challenge);

  /** What came of using a challenge. */
  enum Use {
    /** For one caller alone. */
    USED,
    /** It was never made here, is used, or has expired. */
    REFUSED,
    /** So many are in use that none can be added now. The challenge stays good. */
    FULL
  }

  /**
   * Uses a challenge up, or says why not.
   *
   * @throws InvalidCredentialException {@code CHALLENGE_USED} or {@code CHALLENGES_FULL}
   */
  default void require(String challenge) throws InvalidCredentialException {
    switch (consume(challenge)) {
      case USED -> {}
      case REFUSED ->
          throw new InvalidCredentialException(
              CredentialRefusal.CHALLENGE_USED,
              "the challenge is unknown, expired or used already");
      case FULL ->
          throw new InvalidCredentialException(
              CredentialRefusal.CHALLENGES_FULL,
              "too many challenges were answered lately; this one stays good until its end");
    }
  }
}
