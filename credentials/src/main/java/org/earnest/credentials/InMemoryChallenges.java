package org.earnest.credentials;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Challenges of one process, void when it ends. Only the used ones are kept. */
public final class InMemoryChallenges implements Challenges {
  /** Challenges that may be used in the time that one is good for; beyond, none counts. */
  public static final int MAX_USED = 100_000;

  private final int maxUsed;
  private final ConcurrentHashMap<String, Instant> used = new ConcurrentHashMap<>();
  private final ChallengeStamp stamp = new ChallengeStamp(ChallengeStamp.randomSecret());

  public InMemoryChallenges() {
    this(MAX_USED);
  }

  InMemoryChallenges(int maxUsed) {
    this.maxUsed = maxUsed;
  }

  @Override
  public String create(Instant expires) {
    return stamp.create(expires);
  }

  @Override
  public boolean consume(String challenge, Instant now) {
    Optional<Instant> expires = stamp.expires(challenge).filter(now::isBefore);
    return expires.isPresent()
        && hasRoom(now)
        && used.putIfAbsent(challenge, expires.get()) == null;
  }

  private boolean hasRoom(Instant now) {
    if (used.size() >= maxUsed) {
      used.values().removeIf(expires -> !now.isBefore(expires));
    }
    return used.size() < maxUsed;
  }
}
