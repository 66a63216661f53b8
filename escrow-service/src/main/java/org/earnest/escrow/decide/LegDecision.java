package org.earnest.escrow.decide;

import java.util.List;
import java.util.Optional;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;

/** What is to be done about a verb on a leg. */
public sealed interface LegDecision {
  int MAX_RATING = 100;

  /** It may be sent. */
  record Relay() implements LegDecision {}

  /** It was done before, in just this way. */
  record AlreadyDone() implements LegDecision {}

  record Refused(Refusal refusal) implements LegDecision {}

  static LegDecision of(LegVerb verb, LegFacts facts, EscrowBounds bounds) {
    return switch (verb) {
      case LegVerb.Deliver deliver -> deliver(deliver, facts, bounds);
      case LegVerb.Accept accept -> accept(accept, facts, bounds);
      case LegVerb.Lapse lapse -> lapse(facts);
    };
  }

  /** Who must have signed the verb; empty where anybody may send it. */
  static Optional<EvmAddress> signer(LegVerb verb, LegFacts facts) {
    return switch (verb) {
      case LegVerb.Deliver deliver -> Optional.of(facts.leg().payee());
      case LegVerb.Accept accept -> Optional.of(facts.terms().head().client());
      case LegVerb.Lapse lapse -> Optional.empty();
    };
  }

  /**
   * Second of 1970 after which {@code lapse} works; empty where time decides nothing.
   *
   * @param delivered second of 1970 of the delivery, where there was one
   */
  static Optional<Long> lapsesAfter(LegState state, Leg leg, long delivered) {
    return switch (state) {
      case ACTIVE -> Optional.of(leg.due() + leg.grace());
      case DELIVERED -> Optional.of(delivered + leg.review());
      case NONE, OFFERED, DISPUTED, ACCEPTED, LAPSED, MISSED, RULED, SETTLED, WITHDRAWN ->
          Optional.empty();
    };
  }

  private static LegDecision deliver(LegVerb.Deliver deliver, LegFacts facts, EscrowBounds bounds) {
    Consents.Wanted wanted =
        new Consents.Wanted(
            facts.leg().payee(),
            "the delivery, as payee",
            bounds
                .typedData()
                .deliver(facts.deal(), facts.index(), deliver.deliverable(), facts.leg().payee()),
            deliver.signature());
    Optional<Refusal> unsigned = Consents.check(List.of(wanted), facts.wallets());
    if (unsigned.isPresent()) {
      return new Refused(unsigned.get());
    }
    if (facts.deliverable().equals(Optional.of(deliver.deliverable()))) {
      return new AlreadyDone();
    }
    long deadline = facts.leg().due() + facts.leg().grace();
    if (facts.status().state() == LegState.ACTIVE && facts.now() > deadline) {
      return new Refused(
          Refusal.state(
              "deadline_passed",
              "A delivery was good until %d; the chain's time is %d. Anybody may send lapse now."
                  .formatted(deadline, facts.now())));
    }
    return inState(facts, LegState.ACTIVE);
  }

  private static LegDecision accept(LegVerb.Accept accept, LegFacts facts, EscrowBounds bounds) {
    Optional<Refusal> senseless = refusalOfRating(accept.rating());
    if (senseless.isPresent()) {
      return new Refused(senseless.get());
    }
    Consents.Wanted wanted =
        new Consents.Wanted(
            facts.terms().head().client(),
            "the acceptance, as client",
            bounds.typedData().accept(facts.deal(), facts.index(), accept.rating()),
            accept.signature());
    Optional<Refusal> unsigned = Consents.check(List.of(wanted), facts.wallets());
    if (unsigned.isPresent()) {
      return new Refused(unsigned.get());
    }
    if (facts.status().state() == LegState.ACCEPTED
        && facts.rating().equals(Optional.of(accept.rating()))) {
      return new AlreadyDone();
    }
    return inState(facts, LegState.DELIVERED);
  }

  /**
   * Why nobody should sign an acceptance now. The signature names the leg and not what was
   * delivered: signed too early, it would pay for whatever the payee hands over then.
   */
  public static Optional<Refusal> refusalToPrepareAcceptance(LegState state, int rating) {
    return state == LegState.ACTIVE
        ? Optional.of(wrongState(state, LegState.DELIVERED))
        : refusalOfRating(rating);
  }

  private static Optional<Refusal> refusalOfRating(int rating) {
    return rating == DealEscrowCalls.NO_RATING || (rating >= 0 && rating <= MAX_RATING)
        ? Optional.empty()
        : Optional.of(
            Refusal.terms(
                "rating_out_of_range",
                "A rating is 0 to %d, or left out; it is %d.".formatted(MAX_RATING, rating)));
  }

  private static LegDecision lapse(LegFacts facts) {
    return switch (facts.status().state()) {
      case LAPSED, MISSED -> new AlreadyDone();
      case ACTIVE, DELIVERED ->
          lapsesAfter(facts.status().state(), facts.leg(), facts.status().timestamp())
              .filter(deadline -> facts.now() <= deadline)
              .<LegDecision>map(deadline -> new Refused(notLapsed(facts, deadline)))
              .orElseGet(Relay::new);
      case NONE, OFFERED, DISPUTED, ACCEPTED, RULED, SETTLED, WITHDRAWN ->
          inState(facts, LegState.ACTIVE);
    };
  }

  private static Refusal notLapsed(LegFacts facts, long deadline) {
    return Refusal.tooEarly(
        "not_lapsed",
        "Time decides after %d; the chain's time is %d. Send it again then."
            .formatted(deadline, facts.now()));
  }

  private static LegDecision inState(LegFacts facts, LegState want) {
    LegState have = facts.status().state();
    return have == want ? new Relay() : new Refused(wrongState(have, want));
  }

  private static Refusal wrongState(LegState have, LegState want) {
    return Refusal.state(
        "wrong_state",
        "The leg is %s; it would have to be %s. %s".formatted(have, want, next(have)));
  }

  private static String next(LegState state) {
    return switch (state) {
      case NONE -> "Open the deal first.";
      case OFFERED -> "Its payee has yet to join.";
      case ACTIVE -> "Its payee has yet to deliver.";
      case DELIVERED -> "The client may accept it; after the review time decides.";
      case DISPUTED -> "Its arbiter has yet to rule.";
      case ACCEPTED, LAPSED, MISSED, RULED, SETTLED, WITHDRAWN ->
          "It is closed for ever; the deal shows how.";
    };
  }
}
