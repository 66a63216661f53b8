package org.earnest.reputation.fold;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;

/**
 * What one closed leg adds to one summary.
 *
 * @param gross atomic units paid for the work, the platform fee included
 * @param rating 0 to 100, of a payee that the client rated
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
  public static final Hash32 CLIENT_TAG = Keccak256.hash("earnest.client");

  private static final int MAX_RATING = 100;

  /**
   * The records that a closed leg leaves: of its payee's agent and of its client's, where rated.
   *
   * @throws IllegalArgumentException when the event does not fit the terms
   */
  public static List<Contribution> of(DealTerms terms, DealEvent.Closed closed) {
    requireKnown(closed.outcome());
    if (closed.leg() >= terms.legs().size()) {
      throw new IllegalArgumentException("the deal has no leg " + closed.leg());
    }
    List<Contribution> records = new ArrayList<>(2);
    Leg leg = terms.legs().get(closed.leg());
    if (!leg.agentId().equals(closed.agentId())) {
      throw new IllegalArgumentException("the event names another agent than the terms");
    }
    if (leg.agentId().signum() != 0) {
      records.add(payee(terms.head(), leg, closed));
    }
    if (terms.head().clientAgentId().signum() != 0) {
      records.add(client(terms.head(), closed));
    }
    return records;
  }

  /** Rulings and settlements weigh on records in ways that this fold does not know. */
  private static void requireKnown(LegState outcome) {
    switch (outcome) {
      case ACCEPTED, LAPSED, MISSED -> {}
      case NONE, OFFERED, ACTIVE, DELIVERED, DISPUTED, RULED, SETTLED, WITHDRAWN ->
          throw new IllegalArgumentException("no record is known of a leg that ends " + outcome);
    }
  }

  private static Contribution payee(Head head, Leg leg, DealEvent.Closed closed) {
    return new Contribution(
        new SummaryKey(leg.agentId(), leg.agentEpoch(), head.token(), leg.tag()),
        Role.PAYEE,
        closed.deal(),
        closed.leg(),
        closed.outcome(),
        gross(closed),
        rating(closed),
        closed.outcome() == LegState.MISSED,
        closed.late() > 0,
        false);
  }

  private static Contribution client(Head head, DealEvent.Closed closed) {
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
        false);
  }

  private static BigInteger gross(DealEvent.Closed closed) {
    return closed.toPayee().add(closed.fee());
  }

  private static OptionalInt rating(DealEvent.Closed closed) {
    if (closed.rating() == DealEscrowCalls.NO_RATING) {
      return OptionalInt.empty();
    }
    if (closed.rating() < 0 || closed.rating() > MAX_RATING) {
      throw new IllegalArgumentException("a rating is 0 to 100, or 255 for none");
    }
    return OptionalInt.of(closed.rating());
  }
}
