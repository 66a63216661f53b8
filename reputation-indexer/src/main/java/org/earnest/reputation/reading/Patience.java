package org.earnest.reputation.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a file is looked at again. */
final class Patience {
  /**
   * Looks at a feedback's file that cannot be had, or is another than the one that was named; and
   * as many more for a payment that the node does not know.
   */
  static final int MAX_ATTEMPTS = 8;

  /** How old a registration file that is shown may be, at most. */
  static final Duration REFRESH = Duration.ofHours(24);

  private static final Duration FIRST = Duration.ofSeconds(15);

  /** No host is asked often because our own node is away. */
  private static final Duration UNANSWERED = Duration.ofMinutes(15);

  private static final int FACTOR = 4;
  private static final Duration LONGEST = Duration.ofHours(6);

  private Patience() {}

  /** Whether the look after so many in vain is the last one. */
  static boolean isLast(int attempts) {
    return attempts + 1 >= MAX_ATTEMPTS;
  }

  /** After so many looks in vain; empty when that is enough. */
  static Optional<Instant> afterFailure(Instant now, int attempts) {
    return attempts >= MAX_ATTEMPTS
        ? Optional.empty()
        : Optional.of(now.plus(pause(attempts, LONGEST)));
  }

  /** After a look for which the chain did not answer. */
  static Instant unanswered(Instant now) {
    return now.plus(UNANSWERED);
  }

  /**
   * After so many looks at a registration file, whatever they showed. Soon after the first, as an
   * agent can only be named by a file once it has its number.
   */
  static Instant refreshed(Instant now, int looks) {
    return now.plus(pause(looks, REFRESH));
  }

  /** After so many looks at a registration file, the last of them in vain. */
  static Instant retried(Instant now, int looks) {
    return now.plus(pause(looks, LONGEST));
  }

  private static Duration pause(int attempts, Duration longest) {
    Duration pause = FIRST;
    for (int i = 1; i < attempts && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(FACTOR);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
