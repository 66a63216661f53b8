package org.earnest.escrow.decide;

import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegStatus;

/**
 * What is known of a leg when a verb on it is judged.
 *
 * @param index from 0
 * @param deliverable hash of what was delivered
 * @param rating given by the client at acceptance; 255 for none
 * @param wallets parties that are contracts
 * @param now the chain's time in seconds of 1970
 */
public record LegFacts(
    DealId deal,
    DealTerms terms,
    int index,
    LegStatus status,
    Optional<Hash32> deliverable,
    Optional<Integer> rating,
    Set<EvmAddress> wallets,
    long now) {
  public LegFacts {
    wallets = Set.copyOf(wallets);
  }

  /** The same, knowing which parties are contracts. */
  public LegFacts knowing(Set<EvmAddress> contracts) {
    return new LegFacts(deal, terms, index, status, deliverable, rating, contracts, now);
  }

  public Leg leg() {
    return terms.legs().get(index);
  }
}
