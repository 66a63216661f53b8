package org.earnest.kit.follow;

/**
 * How many questions of each kind, for logs and for blocks, are under way to a node at once: half
 * as many after each time that it limits their rate, one at least, and one more after many steps
 * that it did not. Several threads may ask.
 */
final class QuestionsAtOnce {
  static final int MOST = 4;

  /** Steps in a row that the node answered. */
  static final int STEPS_UNTIL_MORE = 32;

  private int most = MOST;
  private int steps;

  synchronized int most() {
    return most;
  }

  synchronized void answered() {
    if (++steps % STEPS_UNTIL_MORE == 0) {
      most = Math.min(MOST, most + 1);
    }
  }

  synchronized void limited() {
    steps = 0;
    most = Math.max(1, most / 2);
  }
}
