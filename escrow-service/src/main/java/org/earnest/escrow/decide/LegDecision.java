package org.earnest.escrow.decide;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.core.chain.EvmAddress;
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
      case LegVerb.Join join -> WorkRules.join(join, facts, bounds);
      case LegVerb.Deliver deliver -> WorkRules.deliver(deliver, facts, bounds);
      case LegVerb.Substitute substitute -> WorkRules.substitute(substitute, facts, bounds);
      case LegVerb.Accept accept -> ClosingRules.accept(accept, facts, bounds);
      case LegVerb.Lapse lapse -> ClosingRules.lapse(facts);
      case LegVerb.Settle settle -> ClosingRules.settle(settle, facts, bounds);
      case LegVerb.Dispute dispute -> DisputeRules.dispute(dispute, facts, bounds);
      case LegVerb.Rate rate -> RatingRules.rate(rate, facts, bounds);
    };
  }

  /** Who must have signed the verb; nobody where anybody may send it. */
  static Set<EvmAddress> signers(LegVerb verb, LegFacts facts) {
    EvmAddress client = facts.side(true);
    EvmAddress occupant = facts.side(false);
    return switch (verb) {
      case LegVerb.Join join ->
          Stream.of(facts.leg().payee(), facts.leg().standby())
              .filter(party -> !party.isZero())
              .collect(Collectors.toUnmodifiableSet());
      case LegVerb.Deliver deliver -> Set.of(occupant);
      case LegVerb.Substitute substitute -> Set.of(facts.leg().standby());
      case LegVerb.Accept accept -> Set.of(client);
      case LegVerb.Lapse lapse -> Set.of();
      case LegVerb.Settle settle -> Set.of(client, occupant);
      case LegVerb.Dispute dispute -> Set.of(facts.side(dispute.byClient()));
      case LegVerb.Rate rate -> Set.of(facts.side(rate.byClient()));
    };
  }

  /**
   * Why nobody should sign an acceptance now. The signature names the leg and not what was
   * delivered: signed too early, it would pay for whatever the payee hands over then.
   */
  static Optional<Refusal> refusalToPrepareAcceptance(LegState state, int rating) {
    return state == LegState.OFFERED || state == LegState.ACTIVE
        ? unlessIn(state, LegState.DELIVERED)
        : RatingRules.refusalOrNone(rating);
  }

  /**
   * Why nobody should sign a settlement now, nor send one: it names the state that the leg is in,
   * and the contract takes it in these three alone.
   */
  static Optional<Refusal> refusalToSettle(LegState state) {
    return unlessIn(state, LegState.ACTIVE, LegState.DELIVERED, LegState.DISPUTED);
  }

  /** The first that stands against it; relayed where nothing does. */
  static LegDecision unless(List<Optional<Refusal>> rules) {
    return rules.stream()
        .flatMap(Optional::stream)
        .findFirst()
        .<LegDecision>map(Refused::new)
        .orElseGet(Relay::new);
  }

  static Optional<Refusal> consent(LegFacts facts, Consents.Wanted... wanted) {
    return Consents.check(List.of(wanted), facts.wallets());
  }

  /** A party acts while the chain's time is at most its deadline. */
  static Optional<Refusal> inTime(LegFacts facts, long deadline, String next) {
    return facts.now() > deadline
        ? Optional.of(
            Refusal.state(
                "deadline_passed",
                "This was good until %d; the chain's time is %d. %s"
                    .formatted(deadline, facts.now(), next)))
        : Optional.empty();
  }

  static Optional<Refusal> lapsed(LegFacts facts, long deadline) {
    return facts.now() <= deadline
        ? Optional.of(
            Refusal.tooEarly(
                "not_lapsed",
                "Time decides after %d; the chain's time is %d. Send it again then."
                    .formatted(deadline, facts.now())))
        : Optional.empty();
  }

  static Optional<Refusal> inState(LegFacts facts, LegState want, LegState... others) {
    return unlessIn(facts.state(), want, others);
  }

  private static Optional<Refusal> unlessIn(LegState have, LegState want, LegState... others) {
    Set<LegState> good = EnumSet.of(want, others);
    return good.contains(have) ? Optional.empty() : Optional.of(wrongState(have, good));
  }

  private static Refusal wrongState(LegState have, Set<LegState> good) {
    return Refusal.state(
        "wrong_state",
        "The leg is %s; it would have to be %s. %s"
            .formatted(
                have,
                good.stream().map(LegState::name).collect(Collectors.joining(" or ")),
                next(have)));
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
