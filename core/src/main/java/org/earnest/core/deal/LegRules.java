package org.earnest.core.deal;

import static org.earnest.core.deal.HeadRules.rule;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;

/** The escrow's rules for one leg. */
final class LegRules {
  private final HeadRules head;
  private final Leg leg;
  private final int index;
  private final BigInteger lastAgent;

  LegRules(HeadRules head, Leg leg, int index, BigInteger lastAgent) {
    this.head = head;
    this.leg = leg;
    this.index = index;
    this.lastAgent = lastAgent;
  }

  Optional<BrokenRule> check() {
    return TermsRules.first(
        () -> head.party(leg.payee()),
        () -> when(isClient(leg.payee()), "ClientIsPayee", "the client is the payee"),
        () -> when(isArbiter(leg.payee()), "ArbiterIsPayee", "the arbiter is the payee"),
        this::money,
        () -> leg.standby().isZero() ? noStandby() : standby(),
        this::times,
        this::silence,
        this::agents);
  }

  private Optional<BrokenRule> money() {
    return TermsRules.first(
        () -> when(leg.amount().signum() == 0, "ZeroAmount", "the amount is 0"),
        () ->
            when(
                leg.penaltyMax().compareTo(leg.amount()) > 0,
                "PenaltyAboveAmount",
                "penaltyMax %s is above the amount %s".formatted(leg.penaltyMax(), leg.amount())),
        () ->
            when(
                leg.penaltyMax().signum() != 0 && leg.grace() == 0,
                "PenaltyWithoutGrace",
                "a delay penalty needs a grace period"));
  }

  private Optional<BrokenRule> noStandby() {
    return when(
        leg.standbyAgentId().signum() != 0
            || leg.standbyAgentEpoch() != 0
            || leg.retainer().signum() != 0
            || leg.standbyBond().signum() != 0,
        "StandbyMissing",
        "a standby's agent, retainer or bond is stated without one");
  }

  private Optional<BrokenRule> standby() {
    return TermsRules.first(
        () -> head.party(leg.standby()),
        () -> when(isClient(leg.standby()), "ClientIsStandby", "the client is the standby"),
        () -> when(isArbiter(leg.standby()), "ArbiterIsStandby", "the arbiter is the standby"),
        () ->
            when(
                leg.standby().equals(leg.payee()),
                "PayeeIsStandby",
                "the payee is its own standby"),
        () ->
            when(
                leg.callWindow() == 0 || leg.standbyTime() == 0,
                "StandbyTimeMissing",
                "a standby needs a callWindow to be called in and a standbyTime to deliver in"),
        () ->
            above(
                leg.callWindow(), TermsLimits.MAX_CALL_WINDOW, "CallWindowAboveMax", "callWindow"),
        () ->
            above(
                leg.standbyTime(),
                TermsLimits.MAX_STANDBY_TIME,
                "StandbyTimeAboveMax",
                "standbyTime"),
        () ->
            when(
                leg.penaltyMax().compareTo(leg.bond()) > 0,
                "PenaltyAboveBond",
                ("penaltyMax %s is above the bond %s: with a standby, delivering late must not be"
                        + " dearer than failing")
                    .formatted(leg.penaltyMax(), leg.bond())));
  }

  private Optional<BrokenRule> times() {
    long horizon = head.now() + TermsLimits.MAX_DUE_AHEAD;
    return TermsRules.first(
        () ->
            when(
                leg.due() <= head.now() || leg.due() > horizon,
                "DueOutsideWindow",
                "due %d does not lie between %d, the chain's time, and %d"
                    .formatted(leg.due(), head.now(), horizon)),
        () -> above(leg.grace(), TermsLimits.MAX_GRACE, "GraceAboveMax", "grace"),
        () -> above(leg.review(), TermsLimits.MAX_REVIEW, "ReviewAboveMax", "review"));
  }

  private Optional<BrokenRule> silence() {
    return leg.silenceBps() == TermsLimits.ESCALATE
        ? when(
            head.head().arbiter().isZero(),
            "EscalationWithoutArbiter",
            "silence calls the arbiter, and there is none")
        : HeadRules.share(leg.silenceBps());
  }

  /** Rated legs come in strictly ascending order of their agents. */
  private Optional<BrokenRule> agents() {
    return when(
            leg.agentId().or(leg.standbyAgentId()).signum() != 0
                && leg.tag().equals(TermsLimits.CLIENT_TAG),
            "ReservedTag",
            "a rated leg has the tag of agents' records as clients")
        .or(
            () ->
                when(
                    leg.agentId().signum() != 0 && leg.agentId().compareTo(lastAgent) <= 0,
                    "AgentOrder",
                    "agent %s does not come after agent %s; rated legs ascend by agent"
                        .formatted(leg.agentId(), lastAgent)));
  }

  private Optional<BrokenRule> above(long seconds, long max, String error, String member) {
    return when(seconds > max, error, "%s %d s is above %d s".formatted(member, seconds, max));
  }

  private boolean isClient(EvmAddress party) {
    return party.equals(head.head().client());
  }

  private boolean isArbiter(EvmAddress party) {
    return party.equals(head.head().arbiter());
  }

  private Optional<BrokenRule> when(boolean broken, String error, String what) {
    return rule(broken, error, "Leg %d: %s.".formatted(index, what));
  }
}
