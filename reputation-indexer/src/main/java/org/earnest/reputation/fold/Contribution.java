package org.earnest.reputation.fold;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.TermsLimits;

/**
 * What one closed leg adds to one summary.
 *
 * @param gross atomic units paid for the work, the platform fee included
 * @param rating 0 to 100, by the other side, if it gave one
 */
public record Contribution(
    SummaryKey key,
    Role role,
    DealId deal,
    int leg,
    LegState outcome,
    BigInteger gross,
    OptionalInt rating,
    boolean missed,
    boolean late,
    boolean lost) {
  /** The tag of what an agent did as a client. */
  public static final Hash32 CLIENT_TAG = TermsLimits.CLIENT_TAG;

  private static final int MAX_RATING = 100;

  /**
   * The records that a closed leg leaves: of the agent of whom was last at work, and of the
   * client's, where rated. A leg that nobody joined leaves none.
   *
   * @param substituted whether the standby had taken over
   * @throws IllegalArgumentException when the event does not fit the terms
   */
  public static List<Contribution> of(
      DealTerms terms, DealEvent.Closed closed, boolean substituted) {
    requireTerminal(closed.outcome());
    Leg leg = leg(terms, closed.leg());
    if (closed.outcome() == LegState.WITHDRAWN) {
      return List.of();
    }
    BigInteger agentId = substituted ? leg.standbyAgentId() : leg.agentId();
    long epoch = substituted ? leg.standbyAgentEpoch() : leg.agentEpoch();
    requireAgent(agentId, closed.agentId());
    List<Contribution> records = new ArrayList<>(2);
    if (agentId.signum() != 0) {
      SummaryKey key = new SummaryKey(agentId, epoch, terms.head().token(), leg.tag());
      records.add(payee(key, leg, closed));
    }
    if (terms.head().clientAgentId().signum() != 0) {
      records.add(client(terms.head(), leg, closed));
    }
    return records;
  }

  /**
   * The record of a payee whose leg the standby took over; empty where the payee is not rated.
   *
   * @throws IllegalArgumentException when the event does not fit the terms
   */
  public static Optional<Contribution> of(DealTerms terms, DealEvent.Substituted miss) {
    Leg leg = leg(terms, miss.leg());
    requireAgent(leg.agentId(), miss.agentId());
    return leg.agentId().signum() == 0
        ? Optional.empty()
        : Optional.of(
            new Contribution(
                new SummaryKey(leg.agentId(), leg.agentEpoch(), terms.head().token(), leg.tag()),
                Role.PAYEE,
                miss.deal(),
                miss.leg(),
                LegState.MISSED,
                BigInteger.ZERO,
                OptionalInt.empty(),
                true,
                false,
                false));
  }

  /** What the other side's rating is, if the contract could have taken it. */
  public static int requireRating(int rating) {
    if (rating < 0 || rating > MAX_RATING) {
      throw new IllegalArgumentException("a rating is 0 to 100");
    }
    return rating;
  }

  private static Leg leg(DealTerms terms, int index) {
    if (index >= terms.legs().size()) {
      throw new IllegalArgumentException("the deal has no leg " + index);
    }
    return terms.legs().get(index);
  }

  private static void requireAgent(BigInteger ofTerms, BigInteger ofEvent) {
    if (!ofTerms.equals(ofEvent)) {
      throw new IllegalArgumentException("the event names another agent than the terms");
    }
  }

  private static void requireTerminal(LegState outcome) {
    if (!outcome.terminal()) {
      throw new IllegalArgumentException("no leg ends " + outcome);
    }
  }

  private static Contribution payee(SummaryKey key, Leg leg, DealEvent.Closed closed) {
    return new Contribution(
        key,
        Role.PAYEE,
        closed.deal(),
        closed.leg(),
        closed.outcome(),
        gross(closed),
        rating(closed),
        closed.outcome() == LegState.MISSED,
        closed.late() > 0,
        ruled(closed) && gross(closed).compareTo(half(leg, closed)) < 0);
  }

  private static Contribution client(Head head, Leg leg, DealEvent.Closed closed) {
    return new Contribution(
        new SummaryKey(head.clientAgentId(), head.clientAgentEpoch(), head.token(), CLIENT_TAG),
        Role.CLIENT,
        closed.deal(),
        closed.leg(),
        closed.outcome(),
        gross(closed),
        OptionalInt.empty(),
        false,
        false,
        ruled(closed) && gross(closed).compareTo(half(leg, closed)) > 0);
  }

  private static boolean ruled(DealEvent.Closed closed) {
    return closed.outcome() == LegState.RULED;
  }

  /** Half of what the arbiter had to divide: who got less than that lost. */
  private static BigInteger half(Leg leg, DealEvent.Closed closed) {
    return leg.amount().subtract(closed.penalty()).subtract(closed.arbiterFee()).shiftRight(1);
  }

  private static BigInteger gross(DealEvent.Closed closed) {
    return closed.toPayee().add(closed.fee());
  }

  private static OptionalInt rating(DealEvent.Closed closed) {
    if (closed.rating() == DealEscrowCalls.NO_RATING) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(requireRating(closed.rating()));
  }
}
