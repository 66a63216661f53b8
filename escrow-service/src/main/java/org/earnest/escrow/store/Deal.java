package org.earnest.escrow.store;

import java.util.Map;
import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.LogRef;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;

/**
 * An opened deal.
 *
 * @param at the block up to which this is the whole truth
 * @param opened where it was opened
 * @param deliveries by leg
 * @param closings by leg
 */
public record Deal(
    BlockRef at,
    DealId id,
    DealTerms terms,
    LogRef opened,
    Map<Integer, Delivery> deliveries,
    Map<Integer, Closing> closings) {
  public Deal {
    deliveries = Map.copyOf(deliveries);
    closings = Map.copyOf(closings);
  }

  /** Where a leg stands as far as events tell. */
  public LegState state(int leg) {
    return Optional.ofNullable(closings.get(leg))
        .map(Closing::outcome)
        .orElse(deliveries.containsKey(leg) ? LegState.DELIVERED : LegState.ACTIVE);
  }
}
