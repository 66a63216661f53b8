package org.earnest.cli.deal;

import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegState;

/** What is done to a leg. Shares are basis points. */
sealed interface Act {
  /** The payee at work delivers. */
  record Deliver(EvmAddress by) implements Act {}

  record Accept() implements Act {}

  /** The standby takes over. */
  record Substitute() implements Act {}

  /**
   * Somebody calls the arbiter.
   *
   * @param delivered whether the client does so after a delivery, or the payee before its own
   */
  record Dispute(EvmAddress by, boolean delivered) implements Act {}

  record Rule(int payeeBps, int bondBps) implements Act {}

  /**
   * The client and the payee at work agree.
   *
   * @param from where the leg is when they do
   */
  record Settle(LegState from, EvmAddress by, Division division) implements Act {}

  /** Anybody applies what time has decided. */
  record Lapse() implements Act {}
}
