package org.earnest.kit.follow;

import java.time.Duration;

/** How long a follower rests between two looks. */
final class Pace {
  /** While somebody waits for a block. */
  static final Duration HURRIED_INTERVAL = Duration.ofMillis(20);

  /** After a failure. */
  static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

  /** After a block's logs were refused again and again. */
  static final Duration MAX_RETRY_INTERVAL = Duration.ofMinutes(1);

  /** Looks for a head that was told and that the node does not have yet. */
  static final int LOOKS_FOR_TOLD = 10;

  private Pace() {}

  /** Twice as long after each. */
  static Duration afterRefusals(int refusals) {
    Duration pause = RETRY_INTERVAL;
    for (int i = 1; i < refusals && pause.compareTo(MAX_RETRY_INTERVAL) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(MAX_RETRY_INTERVAL) < 0 ? pause : MAX_RETRY_INTERVAL;
  }

  /** What moved it may be an earlier head than the one that was told. */
  static int looksLeft(int looks, boolean moved) {
    return moved ? Math.min(looks, 1) : Math.max(0, looks - 1);
  }

  static Duration atRest(Duration interval, boolean listening, int looksForTold) {
    boolean rarely =
        listening && looksForTold == 0 && interval.compareTo(FollowSettings.LISTENING_INTERVAL) < 0;
    return rarely ? FollowSettings.LISTENING_INTERVAL : interval;
  }
}
