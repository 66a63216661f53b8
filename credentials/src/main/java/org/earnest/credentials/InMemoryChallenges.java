package org.earnest.credentials;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;

/** Challenges of one process, forgotten when it ends. */
public final class InMemoryChallenges implements Challenges {
  /** Challenges that may wait for their answers; beyond, the expired ones are dropped first. */
  public static final int MAX_WAITING = 100_000;

  private static final int RANDOM_BYTES = 24;
  private final ConcurrentHashMap<String, Instant> waiting = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when too many wait
   */
  @Override
  public String create(Instant expires) {
    if (waiting.size() >= MAX_WAITING) {
      Instant now = Instant.now();
      waiting.values().removeIf(now::isAfter);
      if (waiting.size() >= MAX_WAITING) {
        throw new IllegalStateException("too many challenges wait for their answers");
      }
    }
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String challenge = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    waiting.put(challenge, expires);
    return challenge;
  }

  @Override
  public boolean consume(String challenge, Instant now) {
    Instant expires = waiting.remove(challenge);
    return expires != null && now.isBefore(expires);
  }
}
