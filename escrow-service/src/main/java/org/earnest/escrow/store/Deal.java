package org.earnest.escrow.store;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.LogRef;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;

/**
 * An opened deal.
 *
 * @param at the block up to which this is the whole truth
 * @param opened where it was opened
 * @param joined a bit per leg that was active at once
 * @param legs what happened to each leg since
 */
public record Deal(
    BlockRef at,
    DealId id,
    DealTerms terms,
    LogRef opened,
    BigInteger joined,
    List<LegHistory> legs) {
  public Deal {
    legs = List.copyOf(legs);
  }

  /**
   * What happened to a leg after the deal was opened.
   *
   * @param ratings of the sides, given after it had closed
   */
  public record LegHistory(
      Optional<Recorded<DealEvent.Joined>> joining,
      Optional<Recorded<DealEvent.Substituted>> substitution,
      Optional<Recorded<DealEvent.Delivered>> delivery,
      Optional<Recorded<DealEvent.Disputed>> dispute,
      Optional<Recorded<DealEvent.Closed>> closing,
      List<Recorded<DealEvent.Rated>> ratings) {
    public LegHistory {
      ratings = List.copyOf(ratings);
    }

    /** A side's rating, given after the leg had closed. */
    public Optional<Integer> rating(boolean byClient) {
      return ratings.stream()
          .filter(rating -> rating.event().byClient() == byClient)
          .map(rating -> rating.event().rating())
          .findFirst();
    }

    /** The log that came last. */
    public Optional<LogRef> last() {
      return Stream.of(
              Stream.of(joining, substitution, delivery, dispute, closing)
                  .flatMap(Optional::stream)
                  .map(Recorded::log),
              ratings.stream().map(Recorded::log))
          .flatMap(logs -> logs)
          .max(
              Comparator.comparingLong((LogRef log) -> log.block().number())
                  .thenComparingInt(LogRef::logIndex));
    }
  }

  public LegHistory leg(int index) {
    return legs.get(index);
  }

  /** Where a leg stands as far as events tell. */
  public LegState state(int leg) {
    LegHistory history = legs.get(leg);
    if (history.closing().isPresent()) {
      return history.closing().get().event().outcome();
    }
    if (history.dispute().isPresent()) {
      return LegState.DISPUTED;
    }
    if (history.delivery().isPresent()) {
      return LegState.DELIVERED;
    }
    return joined.testBit(leg) || history.joining().isPresent()
        ? LegState.ACTIVE
        : LegState.OFFERED;
  }
}
