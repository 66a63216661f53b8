package org.earnest.escrow.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.Occupancy;
import org.earnest.escrow.decide.LegDecision.AlreadyDone;
import org.earnest.escrow.decide.LegDecision.Refused;

/** What those may do who work on a leg. */
final class WorkRules {
  private static final String LAPSE_NOW = "Anybody may send lapse now.";

  private WorkRules() {}

  static LegDecision join(LegVerb.Join join, LegFacts facts, EscrowBounds bounds) {
    var deal = bounds.typedData().dealId(facts.terms()).digest();
    List<Consents.Wanted> wanted = new ArrayList<>(2);
    wanted.add(
        new Consents.Wanted(
            facts.leg().payee(), "the deal's terms, as payee", deal, join.payeeSignature()));
    if (!facts.leg().standby().isZero()) {
      wanted.add(
          new Consents.Wanted(
              facts.leg().standby(),
              "the deal's terms, as standby",
              deal,
              join.standbySignature()));
    }
    Optional<Refusal> unsigned = Consents.check(wanted, facts.wallets());
    if (unsigned.isPresent()) {
      return new Refused(unsigned.get());
    }
    if (facts.state().compareTo(LegState.OFFERED) > 0 && facts.state() != LegState.WITHDRAWN) {
      return new AlreadyDone();
    }
    return LegDecision.unless(
        List.of(
            LegDecision.inState(facts, LegState.OFFERED),
            LegDecision.inTime(facts, facts.occupancy().joinBy(), LAPSE_NOW)));
  }

  static LegDecision deliver(LegVerb.Deliver deliver, LegFacts facts, EscrowBounds bounds) {
    Occupancy occupancy = facts.occupancy();
    Optional<Refusal> unsigned =
        LegDecision.consent(
            facts,
            new Consents.Wanted(
                occupancy.occupant(),
                "the delivery, as payee at work",
                bounds
                    .typedData()
                    .deliver(
                        facts.deal(), facts.index(), deliver.deliverable(), occupancy.occupant()),
                deliver.signature()));
    if (unsigned.isPresent()) {
      return new Refused(unsigned.get());
    }
    if (facts.history().deliverable().equals(Optional.of(deliver.deliverable()))) {
      return new AlreadyDone();
    }
    return LegDecision.unless(
        List.of(
            LegDecision.inState(facts, LegState.ACTIVE),
            LegDecision.inTime(
                facts,
                occupancy.deliverBy(),
                occupancy.callable()
                    ? "Its standby may take over until %d; after that anybody may send lapse."
                        .formatted(occupancy.callBy())
                    : LAPSE_NOW)));
  }

  static LegDecision substitute(
      LegVerb.Substitute substitute, LegFacts facts, EscrowBounds bounds) {
    if (facts.leg().standby().isZero()) {
      return new Refused(
          Refusal.state(
              "no_standby", "The terms of leg %d name no standby.".formatted(facts.index())));
    }
    Optional<Refusal> unsigned =
        LegDecision.consent(
            facts,
            new Consents.Wanted(
                facts.leg().standby(),
                "the taking over, as standby",
                bounds.typedData().substitute(facts.deal(), facts.index()),
                substitute.signature()));
    if (unsigned.isPresent()) {
      return new Refused(unsigned.get());
    }
    if (facts.status().substituted()) {
      return new AlreadyDone();
    }
    return LegDecision.unless(
        List.of(
            LegDecision.inState(facts, LegState.ACTIVE),
            LegDecision.lapsed(facts, facts.occupancy().deliverBy()),
            LegDecision.inTime(facts, facts.occupancy().callBy(), LAPSE_NOW)));
  }
}
