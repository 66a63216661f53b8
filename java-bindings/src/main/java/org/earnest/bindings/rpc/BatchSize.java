package org.earnest.bindings.rpc;

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

  private int most = MOST;
  private int untilMore = ANSWERS_UNTIL_MORE;
  private int answers;
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

  synchronized void answered(int calls) {
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
