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

  /** A leg that was offered became active. */
  record Joined(DealId deal, int leg, EvmAddress payee) implements DealEvent {}

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
   * The standby took a leg over, and with that the first payee's miss was recorded.
   *
   * @param agentId the first payee's; 0 when it is not rated
   * @param newDue second of 1970 at which the standby's delivery is due
   * @param bondToClient the first payee's whole bond
   */
  record Substituted(DealId deal, BigInteger agentId, int leg, long newDue, BigInteger bondToClient)
      implements DealEvent {}

  /**
   * A leg is the arbiter's to rule on.
   *
   * @param by who disputed; zero if the client's silence calls the arbiter by the terms
   * @param rulingBy second of 1970 until which the arbiter may rule
   * @param evidence hash of the evidence; zero for silence
   * @param uri where it is; a stranger's text
   */
  record Disputed(DealId deal, int leg, EvmAddress by, long rulingBy, Hash32 evidence, String uri)
      implements DealEvent {}

  /**
   * A side of a closed leg rated the other.
   *
   * @param agentId who is rated; 0 for one without an agent, and then it is in no record
   * @param byClient whether the client rated the payee, or the payee the client
   * @param rating 0 to 100
   */
  record Rated(DealId deal, BigInteger agentId, int leg, boolean byClient, int rating)
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
   * @param retainerTo who got the retainer, and the bond of a standby that was never called: the
   *     standby, or the client where the leg was missed or nobody joined; zero for a leg without
   *     standby
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

  /** An account put money in, to pay bonds or deals with. */
  record Deposited(EvmAddress token, EvmAddress account, BigInteger amount) implements DealEvent {}

  /** A deal took a bond, or its whole total, out of an account's credit. */
  record Debited(EvmAddress token, EvmAddress account, DealId deal, BigInteger amount)
      implements DealEvent {}

  /** Money waits for its owner to fetch it: a fee, or a payout that the token refused. */
  record Credited(EvmAddress token, EvmAddress account, DealId deal, BigInteger amount)
      implements DealEvent {}

  /** An account fetched its credit. */
  record Withdrawn(EvmAddress token, EvmAddress account, EvmAddress to, BigInteger amount)
      implements DealEvent {}
}
