package org.earnest.cli.deal;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;

/** Reads out of the escrow's events how each leg ended. */
final class LegEnds {
  private final DealTerms terms;
  private final Parties parties;
  private final List<DealEvent> events;

  /**
   * Of one deal.
   *
   * @param terms as they are played
   */
  LegEnds(DealTerms terms, Parties parties, List<DealEvent> events) {
    this.terms = terms;
    this.parties = parties;
    this.events = List.copyOf(events);
  }

  LegResult of(int index, boolean takes) {
    Leg leg = terms.legs().get(index);
    DealEvent.Closed closed =
        all(DealEvent.Closed.class)
            .filter(event -> event.leg() == index)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("leg " + index + " was not closed"));
    Optional<DealEvent.Substituted> substituted =
        all(DealEvent.Substituted.class).filter(event -> event.leg() == index).findFirst();
    BigInteger first = substituted.map(DealEvent.Substituted::bondToClient).orElse(BigInteger.ZERO);
    return new LegResult(
        index,
        takes,
        closed.outcome(),
        substituted.isPresent(),
        closed.late(),
        closed.penalty(),
        closed.fee(),
        closed.arbiterFee(),
        closed.bondToClient().add(first).add(unanswered(leg, closed, substituted.isPresent())),
        retainerTo(leg, closed.retainerTo()));
  }

  /** The bond of a standby that was called and did not answer; the event has the payee's alone. */
  private static BigInteger unanswered(Leg leg, DealEvent.Closed closed, boolean substituted) {
    return closed.outcome() == LegState.MISSED && !substituted
        ? leg.standbyBond()
        : BigInteger.ZERO;
  }

  private String retainerTo(Leg leg, EvmAddress who) {
    return leg.retainer().signum() == 0 ? "" : parties.playedBy(who).name();
  }

  private <E extends DealEvent> Stream<E> all(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast);
  }
}
