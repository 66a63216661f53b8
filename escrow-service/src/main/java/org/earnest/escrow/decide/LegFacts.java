package org.earnest.escrow.decide;

import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.LegStatus;
import org.earnest.core.deal.Occupancy;

/**
 * What is known of a leg when a verb on it is judged.
 *
 * @param index from 0
 * @param status what the contract stores of it
 * @param wallets parties that are contracts
 * @param now the chain's time in seconds of 1970
 */
public record LegFacts(
    DealId deal,
    DealTerms terms,
    int index,
    LegStatus status,
    History history,
    Set<EvmAddress> wallets,
    long now) {
  public LegFacts {
    wallets = Set.copyOf(wallets);
  }

  /**
   * What events tell of a leg.
   *
   * @param deliverable hash of what was delivered
   * @param clientRating given after the leg had closed; one given with the acceptance is in closed
   * @param payeeRating given by the payee
   */
  public record History(
      Optional<Hash32> deliverable,
      Optional<DealEvent.Disputed> disputed,
      Optional<DealEvent.Closed> closed,
      Optional<Integer> clientRating,
      Optional<Integer> payeeRating) {
    public static final History NONE =
        new History(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** The same, knowing which parties are contracts. */
  public LegFacts knowing(Set<EvmAddress> contracts) {
    return new LegFacts(deal, terms, index, status, history, contracts, now);
  }

  public Leg leg() {
    return terms.legs().get(index);
  }

  Head head() {
    return terms.head();
  }

  LegState state() {
    return status.state();
  }

  /**
   * The live state that a settlement names: the leg's own, or that of a settled leg before its end,
   * so that what ended it is known again when it comes a second time. Empty where none is good.
   */
  Optional<LegState> settledIn() {
    return switch (state()) {
      case ACTIVE, DELIVERED, DISPUTED -> Optional.of(state());
      case SETTLED -> Optional.of(beforeItsEnd());
      case NONE, OFFERED, ACCEPTED, LAPSED, MISSED, RULED, WITHDRAWN -> Optional.empty();
    };
  }

  private LegState beforeItsEnd() {
    if (history.disputed().isPresent()) {
      return LegState.DISPUTED;
    }
    return history.deliverable().isPresent() ? LegState.DELIVERED : LegState.ACTIVE;
  }

  /** Who is at work on it, and until when each party may act. */
  public Occupancy occupancy() {
    return new Occupancy(terms.head(), leg(), status);
  }

  /** The client, or the payee at work. */
  EvmAddress side(boolean client) {
    return client ? terms.head().client() : occupancy().occupant();
  }
}
