package org.earnest.credentials.edge;

import java.time.Duration;
import org.earnest.credentials.Challenges;

/**
 * Challenges of a verifier that others ask: those made here are used up, those that a caller made
 * are the caller's to use once.
 */
record CallersChallenges(Challenges own) implements Challenges {
  @Override
  public String create(Duration lifetime) {
    return own.create(lifetime);
  }

  @Override
  public Use consume(String challenge) {
    return challenge.startsWith(PREFIX) ? own.consume(challenge) : Use.USED;
  }
}
