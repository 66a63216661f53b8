package org.earnest.credentials;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Challenges of one process, void when it ends. Only the used ones are kept. */
public final class InMemoryChallenges implements Challenges {
  /** Challenges that may be used in the time that one is good for; beyond, none counts. */
  public static final int MAX_USED = 100_000;

  private final int maxUsed;
  private final ConcurrentHashMap<String, Instant> used = new ConcurrentHashMap<>();
  private final ChallengeStamp stamp = new ChallengeStamp(ChallengeStamp.randomSecret());

  private final InstantSource clock;

  public InMemoryChallenges(InstantSource clock) {
    this(MAX_USED, clock);
  }

  InMemoryChallenges(int maxUsed, InstantSource clock) {
    this.maxUsed = maxUsed;
    this.clock = clock;
  }

  @Override
  public String create(Duration lifetime) {
    return stamp.create(clock.instant().plus(lifetime));
  }

  @Override
  public Use consume(String challenge) {
    Instant now = clock.instant();
    Optional<Instant> expires = stamp.expires(challenge).filter(now::isBefore);
    if (expires.isEmpty() || used.containsKey(challenge)) {
      return Use.REFUSED;
    }
    if (!hasRoom(now)) {
      return Use.FULL;
    }
    return used.putIfAbsent(challenge, expires.get()) == null ? Use.USED : Use.REFUSED;
  }

  private boolean hasRoom(Instant now) {
    if (used.size() >= maxUsed) {
      used.values().removeIf(expires -> !now.isBefore(expires));
    }
    return used.size() < maxUsed;
  }
}
