package org.earnest.payments.client;

import java.time.Instant;
import java.util.Optional;
import org.earnest.core.chain.Hash32;

/** A line of the journal. */
sealed interface JournalEvent {
  /**
   * A payment was signed, and may have been shown from now on.
   *
   * @param payment empty where it is no longer needed, as its end is known
   */
  record Signed(Spending spending, Optional<SignedPayment> payment) implements JournalEvent {}

  /** The seller has served for it, or says that it was used. */
  record Settled(Hash32 id, Instant at, ReceiptStanding receipt) implements JournalEvent {}

  /** Its time has passed, and the seller does not serve for it. */
  record Expired(Hash32 id) implements JournalEvent {}

  /** How a channel stands, as far as the lines before do not tell. */
  record Channel(Purse purse) implements JournalEvent {}
}
