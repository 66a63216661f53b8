package org.earnest.cli.demo;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;
import org.earnest.core.reputation.SettledSummary;

/** How a deal of one leg ended, and what it must have left on each side's record. */
record Ending(DealTerms terms, Mark seller, Mark buyer) {
  /**
   * One record.
   *
   * @param volume atomic units paid for the work
   * @param rating by the other side
   */
  record Mark(LegState outcome, BigInteger volume, OptionalInt rating, boolean lost) {
    static Mark of(LegState outcome, BigInteger volume) {
      return new Mark(outcome, volume, OptionalInt.empty(), false);
    }

    Mark rated(int given) {
      return new Mark(outcome, volume, OptionalInt.of(given), lost);
    }

    Mark lostIt() {
      return new Mark(outcome, volume, rating, true);
    }
  }

  /**
   * What the records of one side add up to.
   *
   * @param missing whether a miss is this side's
   */
  static SettledSummary sum(List<Ending> endings, Function<Ending, Mark> side, boolean missing) {
    List<Mark> marks = new ArrayList<>(endings.stream().map(side).toList());
    return new SettledSummary(
        marks.stream().map(Mark::volume).reduce(BigInteger.ZERO, BigInteger::add),
        marks.size(),
        marks.stream().filter(mark -> mark.rating().isPresent()).count(),
        marks.stream().mapToLong(mark -> mark.rating().orElse(0)).sum(),
        missing ? marks.stream().filter(mark -> mark.outcome() == LegState.MISSED).count() : 0,
        0,
        marks.stream().filter(Mark::lost).count());
  }
}
