package org.earnest.credentials;

import java.time.Instant;

/**
 * Challenges that proofs must answer, each once (VC Data Integrity 1.0 §2.1, {@code challenge}). A
 * relying party makes one, and the proof that carries it is accepted one time only, also when it
 * arrives in several processes at once.
 */
public interface Challenges {
  /** How every challenge made here begins, so that no other is taken for one. */
  String PREFIX = "earnest-challenge-";

  /** A new challenge that nobody can guess, beginning with {@link #PREFIX}, good until then. */
  String create(Instant expires);

  /**
   * Uses a challenge up.
   *
   * @return true for one caller alone; false when it was never made here, is used, or has expired
   */
  boolean consume(String challenge, Instant now);
}
