package org.earnest.payments.facilitator;

import java.util.Optional;
import org.earnest.core.chain.Hash32;

/** Keeps the settlements of a facilitator. What was begun is never forgotten. */
public interface Settlements {
  /**
   * By {@link org.earnest.payments.exact.PaymentKey#id}.
   *
   * @return empty where none was begun
   */
  Optional<Settlement> find(Hash32 id);

  /**
   * Stores a new settlement unless its payment has one.
   *
   * @return what is stored now: the given one, or the one that was first
   */
  Settlement begin(Settlement settlement);

  /**
   * Stores how far it is, unless it is in another state than was seen. What is final stays so,
   * whatever is said later.
   *
   * @return whether it was stored
   */
  boolean advance(Settlement seen, Settlement next);
}
