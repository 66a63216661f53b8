package org.earnest.bindings.event;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;

/** Events of the deal escrow. Legs are counted from 0, amounts are atomic units of the token. */
public sealed interface DealEvent extends ContractEvent {
  /**
   * The money is in.
   *
   * @param joined a bit per leg whose payee is bound
   * @param terms as published; they hash to the deal's id
   */
  record Opened(DealId deal, EvmAddress client, BigInteger joined, DealTerms terms)
      implements DealEvent {}

  /**
   * A leg was delivered.
   *
   * @param late seconds after due
   * @param deliverable hash of what was delivered
   * @param uri where it is; a stranger's text
   */
  record Delivered(
      DealId deal, int leg, EvmAddress payee, long late, Hash32 deliverable, String uri)
      implements DealEvent {}

  /**
   * A leg came to its end: settlement and settled record in one.
   *
   * @param agentId 0 when the payee is not rated
   * @param outcome a terminal state
   * @param rating 0 to 100; 255 for none
   * @param late seconds after due
   * @param toPayee what the payee got, fee taken
   * @param toClient of the leg's amount
   * @param penalty the payee's delay cost
   * @param bondToClient forfeited of the payee's bond
   * @param retainerTo who got the retainer; zero if there was none
   * @param reason of a ruling; zero without one
   */
  record Closed(
      DealId deal,
      BigInteger agentId,
      int leg,
      LegState outcome,
      int rating,
      long late,
      BigInteger toPayee,
      BigInteger toClient,
      BigInteger fee,
      BigInteger penalty,
      BigInteger arbiterFee,
      BigInteger bondToClient,
      EvmAddress retainerTo,
      Hash32 reason)
      implements DealEvent {}

  /** Money waits for its owner to fetch it: a fee, or a payout that the token refused. */
  record Credited(EvmAddress token, EvmAddress account, DealId deal, BigInteger amount)
      implements DealEvent {}

  /** An account fetched its credit. */
  record Withdrawn(EvmAddress token, EvmAddress account, EvmAddress to, BigInteger amount)
      implements DealEvent {}
}
