package org.earnest.kit.follow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Speed over the last seconds, from looks at two counts. Whoever looks rarely gets the speed since
 * the look before.
 */
final class FollowSpeed {
  /** Long enough for a steady figure, short enough to follow a chain that grows dense. */
  static final Duration WINDOW = Duration.ofSeconds(10);

  /** Looks that come faster do not count on their own. */
  private static final Duration APART = Duration.ofMillis(250);

  private static final double SECOND = Duration.ofSeconds(1).toNanos();

  private final Deque<Look> looks = new ArrayDeque<>();

  /**
   * What was counted at a moment.
   *
   * @param nanos of a clock that only goes forward
   */
  record Look(long nanos, long blocks, long events) {}

  /** Adds a look and gives the speed up to it. */
  synchronized Speed at(Look now) {
    while (looks.size() > 1 && now.nanos() - looks.peekFirst().nanos() > WINDOW.toNanos()) {
      looks.removeFirst();
    }
    Optional<Look> first = Optional.ofNullable(looks.peekFirst());
    if (looks.isEmpty() || now.nanos() - looks.peekLast().nanos() >= APART.toNanos()) {
      looks.addLast(now);
    }
    return first.map(since -> between(since, now)).orElse(Speed.NONE);
  }

  private static Speed between(Look since, Look now) {
    double seconds = (now.nanos() - since.nanos()) / SECOND;
    if (seconds <= 0) {
      return Speed.NONE;
    }
    return new Speed(
        Math.max(0, now.blocks() - since.blocks()) / seconds,
        Math.max(0, now.events() - since.events()) / seconds);
  }

  /** Per second. */
  record Speed(double blocks, double events) {
    static final Speed NONE = new Speed(0, 0);
  }
}
