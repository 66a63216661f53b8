package org.earnest.bindings.rpc;

import java.util.OptionalInt;

/** How many calls go into one request to a node. Several threads may ask. */
final class BatchSize {
  /** Unless the node takes fewer. */
  static final int MOST = 100;

  /**
   * So many answered requests after a refusal twice as many calls are tried again: what refused
   * them may be replaced, or have been in trouble. Twice as many requests after each try that is
   * refused, and no more than {@link #MOST_ANSWERS_UNTIL_MORE}.
   */
  static final int ANSWERS_UNTIL_MORE = 32;

  static final int MOST_ANSWERS_UNTIL_MORE = 1_024;

  /**
   * So many refusals in a row that do not speak of batches are taken for refused batches, where
   * each call succeeds alone: a node in trouble would not answer these every time.
   */
  static final int UNEXPLAINED_UNTIL_REFUSED = 3;

  private int most = MOST;
  private int untilMore = ANSWERS_UNTIL_MORE;
  private int answers;
  private int unexplained;
  private boolean tryingMore;

  synchronized int most() {
    return most;
  }

  /** Half of what was refused from now on, and for now. */
  synchronized int refused(int calls) {
    if (tryingMore) {
      untilMore = Math.min(2 * untilMore, MOST_ANSWERS_UNTIL_MORE);
    }
    tryingMore = false;
    answers = 0;
    most = Math.clamp(calls / 2, 1, most);
    return most;
  }

  /**
   * So many at once were refused without a word of batches, and all of them succeeded one by one.
   *
   * @return as {@link #refused}; empty while that may still be a node in trouble
   */
  synchronized OptionalInt refusedUnexplained(int calls) {
    unexplained = Math.min(unexplained + 1, UNEXPLAINED_UNTIL_REFUSED);
    return unexplained < UNEXPLAINED_UNTIL_REFUSED
        ? OptionalInt.empty()
        : OptionalInt.of(refused(calls));
  }

  /** One by one some failed, too: it was no matter of batches. */
  synchronized void inTrouble() {
    unexplained = 0;
  }

  synchronized void answered(int calls) {
    if (calls > 1) {
      unexplained = 0;
    }
    if (tryingMore && calls > most / 2) {
      tryingMore = false;
      untilMore = ANSWERS_UNTIL_MORE;
    }
    if (most < MOST && ++answers >= untilMore) {
      answers = 0;
      tryingMore = true;
      most = Math.min(2 * most, MOST);
    }
  }
}
