package org.earnest.escrow.chain;

import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.deal.LegState;
import org.earnest.escrow.decide.LegVerb;
import org.earnest.escrow.store.Deal;
import org.earnest.escrow.store.Recorded;

/** Whether a leg's history shows what a request wanted. */
final class Shown {
  private static final Set<LegState> BY_TIME =
      Set.of(LegState.LAPSED, LegState.MISSED, LegState.WITHDRAWN);

  private Shown() {}

  static boolean by(Deal.LegHistory leg, LegVerb verb) {
    Optional<DealEvent.Closed> closed = leg.closing().map(Recorded::event);
    return switch (verb) {
      case LegVerb.Join join -> leg.joining().isPresent();
      case LegVerb.Deliver deliver ->
          leg.delivery()
              .filter(it -> it.event().deliverable().equals(deliver.deliverable()))
              .isPresent();
      case LegVerb.Substitute substitute -> leg.substitution().isPresent();
      case LegVerb.Accept accept ->
          closed
              .filter(it -> it.outcome() == LegState.ACCEPTED && it.rating() == accept.rating())
              .isPresent();
      case LegVerb.Lapse lapse ->
          closed.filter(it -> BY_TIME.contains(it.outcome())).isPresent() || escalated(leg);
      case LegVerb.Dispute dispute ->
          leg.dispute()
              .filter(it -> it.event().evidence().equals(dispute.evidence()))
              .filter(it -> !it.event().by().isZero())
              .isPresent();
      case LegVerb.Settle settle ->
          closed
              .filter(it -> it.outcome() == LegState.SETTLED)
              .filter(it -> it.toPayee().add(it.fee()).equals(settle.division().toPayee()))
              .isPresent();
      case LegVerb.Rate rate ->
          leg.rating(rate.byClient()).filter(given -> given == rate.rating()).isPresent();
    };
  }

  /** The client's silence called the arbiter, who has yet to rule. */
  private static boolean escalated(Deal.LegHistory leg) {
    return leg.closing().isEmpty()
        && leg.dispute().filter(it -> it.event().by().isZero()).isPresent();
  }
}
