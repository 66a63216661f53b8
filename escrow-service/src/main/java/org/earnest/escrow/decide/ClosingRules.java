package org.earnest.escrow.decide;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegState;
import org.earnest.escrow.decide.LegDecision.AlreadyDone;
import org.earnest.escrow.decide.LegDecision.Refused;

/** How a leg comes to its end. */
final class ClosingRules {
  private ClosingRules() {}

  static LegDecision accept(LegVerb.Accept accept, LegFacts facts, EscrowBounds bounds) {
    Optional<Refusal> senseless = RatingRules.refusalOrNone(accept.rating());
    if (senseless.isPresent()) {
      return new Refused(senseless.get());
    }
    Optional<Refusal> unsigned =
        LegDecision.consent(
            facts,
            new Consents.Wanted(
                facts.side(true),
                "the acceptance, as client",
                bounds.typedData().accept(facts.deal(), facts.index(), accept.rating()),
                accept.signature()));
    if (unsigned.isPresent()) {
      return new Refused(unsigned.get());
    }
    return closedAs(facts, LegState.ACCEPTED)
            .filter(closed -> closed.rating() == accept.rating())
            .isPresent()
        ? new AlreadyDone()
        : LegDecision.unless(List.of(LegDecision.inState(facts, LegState.DELIVERED)));
  }

  static LegDecision lapse(LegFacts facts) {
    return switch (facts.state()) {
      case LAPSED, MISSED, WITHDRAWN -> new AlreadyDone();
      case OFFERED, ACTIVE, DELIVERED, DISPUTED ->
          LegDecision.unless(
              List.of(
                  facts
                      .occupancy()
                      .lapsesAfter()
                      .flatMap(deadline -> LegDecision.lapsed(facts, deadline))));
      case NONE, ACCEPTED, RULED, SETTLED ->
          LegDecision.unless(List.of(LegDecision.inState(facts, LegState.ACTIVE)));
    };
  }

  static LegDecision settle(LegVerb.Settle settle, LegFacts facts, EscrowBounds bounds) {
    return facts
        .settledIn()
        .map(state -> settle(settle, state, facts, bounds))
        .orElseGet(() -> LegDecision.unless(List.of(LegDecision.refusalToSettle(facts.state()))));
  }

  private static LegDecision settle(
      LegVerb.Settle settle, LegState state, LegFacts facts, EscrowBounds bounds) {
    Division division = settle.division();
    Hash32 digest =
        bounds.typedData().settle(facts.deal(), facts.index(), state, facts.side(false), division);
    Optional<Refusal> unsigned =
        LegDecision.consent(
            facts,
            new Consents.Wanted(
                facts.side(true), "the division, as client", digest, settle.clientSignature()),
            new Consents.Wanted(
                facts.side(false),
                "the division, as payee at work",
                digest,
                settle.payeeSignature()));
    if (unsigned.isPresent()) {
      return new Refused(unsigned.get().adding(goodIn(state, facts)));
    }
    if (closedAs(facts, LegState.SETTLED).filter(it -> divides(it, facts, division)).isPresent()) {
      return new AlreadyDone();
    }
    return LegDecision.unless(
        List.of(
            LegDecision.refusalToSettle(facts.state()),
            LegDecision.inTime(
                facts, division.validBefore(), "Both must sign a later validBefore."),
            above(
                "settlement_above_amount",
                "toPayee",
                division.toPayee(),
                "the price",
                facts.leg().amount()),
            above(
                "settlement_above_bond",
                "bondBack",
                division.bondBack(),
                "the bond",
                facts.occupancy().bond())));
  }

  /** A signature that was good in another state is no forgery: says what to do about it. */
  private static String goodIn(LegState state, LegFacts facts) {
    return facts.state() == LegState.SETTLED
        ? "The leg was settled when it was %s, by what both signed then; it is closed for ever."
            .formatted(state)
        : ("A settlement is good only in the state that it names, and the leg is %s now: if this"
                + " was signed in another, prepare it again and have both sides sign it anew.")
            .formatted(state);
  }

  private static Optional<DealEvent.Closed> closedAs(LegFacts facts, LegState outcome) {
    return facts.history().closed().filter(closed -> closed.outcome() == outcome);
  }

  private static boolean divides(DealEvent.Closed closed, LegFacts facts, Division division) {
    return closed.toPayee().add(closed.fee()).equals(division.toPayee())
        && facts.occupancy().bond().subtract(closed.bondToClient()).equals(division.bondBack());
  }

  private static Optional<Refusal> above(
      String code, String member, BigInteger have, String what, BigInteger max) {
    return have.compareTo(max) > 0
        ? Optional.of(
            Refusal.terms(code, "%s %s is above %s %s.".formatted(member, have, what, max)))
        : Optional.empty();
  }
}
