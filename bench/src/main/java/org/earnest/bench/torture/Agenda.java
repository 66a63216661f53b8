package org.earnest.bench.torture;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The kills that are still to come. */
final class Agenda {
  /** Of so many kills, one may come late and be tried again: a busy machine is no fault. */
  static final int LATE_ONE_IN = 10;

  private final Deque<Kill> ahead;
  private int allowance;

  Agenda(List<Kill> planned) {
    ahead = new ArrayDeque<>(planned);
    allowance = planned.size() / LATE_ONE_IN;
  }

  boolean isDone() {
    return ahead.isEmpty();
  }

  int left() {
    return ahead.size();
  }

  Kill next() {
    return ahead.remove();
  }

  /**
   * Puts one that came late last, where it is easier to meet.
   *
   * @return whether it is tried again; not where too many were late
   */
  boolean tryAgain(Kill late) {
    if (allowance == 0) {
      return false;
    }
    allowance--;
    return ahead.add(late.sooner());
  }
}
