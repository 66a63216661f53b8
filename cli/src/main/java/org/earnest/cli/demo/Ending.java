package org.earnest.cli.demo;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;
import org.earnest.core.reputation.SettledSummary;

/**
 * How a deal ended.
 *
 * @param seller what it must have left on the seller's record, in the order of the closings
 * @param buyer the same on the buyer's
 */
record Ending(DealTerms terms, List<Mark> seller, List<Mark> buyer) {
  Ending {
    seller = List.copyOf(seller);
    buyer = List.copyOf(buyer);
  }

  /** Of a deal of one leg. */
  Ending(DealTerms terms, Mark seller, Mark buyer) {
    this(terms, List.of(seller), List.of(buyer));
  }

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

    /** The outcome as the services write it. */
    String word() {
      return outcome.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the records of one side add up to.
   *
   * @param missing whether a miss is this side's
   */
  static SettledSummary sum(
      List<Ending> endings, Function<Ending, List<Mark>> side, boolean missing) {
    List<Mark> marks = endings.stream().map(side).flatMap(List::stream).toList();
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
