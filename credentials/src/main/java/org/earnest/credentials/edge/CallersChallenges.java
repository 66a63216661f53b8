package org.earnest.credentials.edge;

import java.time.Instant;
import org.earnest.credentials.Challenges;

/**
 * Challenges of a verifier that others ask: those made here are used up, those that a caller made
 * are the caller's to use once.
 */
record CallersChallenges(Challenges own) implements Challenges {
  @Override
  public String create(Instant expires) {
    return own.create(expires);
  }

  @Override
  public boolean consume(String challenge, Instant now) {
    return !challenge.startsWith(PREFIX) || own.consume(challenge, now);
  }
}
