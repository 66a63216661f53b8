package org.earnest.payments.escrow;

import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Hash32;

/** What a seller is still to get out of escrow. */
public interface HeldPayments {
  /** Remembers one, once however often it is told. */
  void add(HeldPayment held);

  /**
   * Those that have not ended, those first that can be captured the shortest, then by their ids.
   *
   * @param after the last one that is known; empty to begin
   */
  List<HeldPayment> open(Optional<HeldPayment> after, int most);

  /** Nothing of it is to be had out of escrow any more, and that for good. */
  void ended(Hash32 id);
}
