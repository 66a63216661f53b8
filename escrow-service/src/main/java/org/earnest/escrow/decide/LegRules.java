package org.earnest.escrow.decide;

import static org.earnest.escrow.decide.TermsRules.ESCALATE;
import static org.earnest.escrow.decide.TermsRules.MAX_DUE_AHEAD;
import static org.earnest.escrow.decide.TermsRules.MAX_GRACE;
import static org.earnest.escrow.decide.TermsRules.MAX_REVIEW;

import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;

/** The contract's rules for one leg, in its order. */
final class LegRules {
  private final Head head;
  private final Leg leg;
  private final int index;
  private final EvmAddress escrow;
  private final long now;

  LegRules(Head head, Leg leg, int index, EvmAddress escrow, long now) {
    this.head = head;
    this.leg = leg;
    this.index = index;
    this.escrow = escrow;
    this.now = now;
  }

  Stream<Optional<Refusal>> check() {
    return Stream.of(
        HeadRules.party(leg.payee(), head, escrow),
        when(leg.payee().equals(head.client()), "client_is_payee", "the client is the payee"),
        when(isArbiter(leg.payee()), "arbiter_is_payee", "the arbiter is the payee"),
        when(leg.amount().signum() == 0, "zero_amount", "the amount is 0"),
        when(
            leg.penaltyMax().compareTo(leg.amount()) > 0,
            "penalty_above_amount",
            "penaltyMax is above the amount"),
        when(
            leg.penaltyMax().signum() != 0 && leg.grace() == 0,
            "penalty_without_grace",
            "a delay penalty needs a grace period"),
        standby(),
        due(),
        when(leg.grace() > MAX_GRACE, "grace_above_max", "grace is above " + MAX_GRACE + " s"),
        when(leg.review() > MAX_REVIEW, "review_above_max", "review is above " + MAX_REVIEW + " s"),
        silence(),
        when(
            leg.agentId().or(leg.standbyAgentId()).signum() != 0
                && leg.tag().equals(TermsRules.CLIENT_TAG),
            "reserved_tag",
            "a rated leg has the tag of agents' records as clients"));
  }

  private Optional<Refusal> standby() {
    if (leg.standby().isZero()) {
      boolean states =
          leg.standbyAgentId().signum() != 0
              || leg.standbyAgentEpoch() != 0
              || leg.retainer().signum() != 0
              || leg.standbyBond().signum() != 0;
      return when(
          states, "standby_missing", "a standby's agent, retainer or bond is stated without one");
    }
    return Stream.of(
            HeadRules.party(leg.standby(), head, escrow),
            when(
                leg.standby().equals(head.client()),
                "client_is_standby",
                "the client is the standby"),
            when(isArbiter(leg.standby()), "arbiter_is_standby", "the arbiter is the standby"),
            when(
                leg.standby().equals(leg.payee()),
                "payee_is_standby",
                "the payee is its own standby"),
            when(
                leg.callWindow() == 0 || leg.standbyTime() == 0,
                "standby_time_missing",
                "a standby needs a callWindow to be called in and a standbyTime to deliver in"),
            when(
                leg.penaltyMax().compareTo(leg.bond()) > 0,
                "penalty_above_bond",
                "penaltyMax is above the bond: with a standby, delivering late must not be dearer"
                    + " than failing"))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Refusal> due() {
    return leg.due() <= now || leg.due() > now + MAX_DUE_AHEAD
        ? Optional.of(
            Refusal.terms(
                "due_outside_window",
                "Leg %d: due %d does not lie between %d, the chain's time, and %d."
                    .formatted(index, leg.due(), now, now + MAX_DUE_AHEAD)))
        : Optional.empty();
  }

  private Optional<Refusal> silence() {
    if (leg.silenceBps() == ESCALATE) {
      return when(
          head.arbiter().isZero(), "escalation_without_arbiter", "silence calls no arbiter");
    }
    return HeadRules.share(leg.silenceBps());
  }

  private boolean isArbiter(EvmAddress party) {
    return !head.arbiter().isZero() && party.equals(head.arbiter());
  }

  private Optional<Refusal> when(boolean broken, String code, String what) {
    return broken
        ? Optional.of(Refusal.terms(code, "Leg %d: %s.".formatted(index, what)))
        : Optional.empty();
  }
}
