package org.earnest.credentials.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * When a list's version was last tried to be anchored. A chain that is away or refuses is asked
 * ever more rarely, by one caller, however many ask for the list. One entry for each list at most.
 */
final class AnchorAttempts {
  static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final ConcurrentHashMap<UUID, Attempt> attempts = new ConcurrentHashMap<>();

  private record Attempt(long version, Instant next, Duration pause) {}

  /** Whether this caller shall try now; nobody else shall for a time. */
  boolean begin(UUID list, long version, Instant now) {
    AtomicBoolean ours = new AtomicBoolean();
    attempts.compute(
        list,
        (id, before) -> {
          Optional<Attempt> last =
              Optional.ofNullable(before).filter(attempt -> attempt.version >= version);
          if (last.isPresent() && now.isBefore(last.get().next)) {
            return last.get();
          }
          ours.set(true);
          Duration pause = last.map(attempt -> longer(attempt.pause)).orElse(FIRST_WAIT);
          return new Attempt(version, now.plus(pause), pause);
        });
    return ours.get();
  }

  /** It is anchored. */
  void end(UUID list) {
    attempts.remove(list);
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
  }
}
