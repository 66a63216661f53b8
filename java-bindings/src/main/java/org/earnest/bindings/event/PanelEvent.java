package org.earnest.bindings.event;

import java.math.BigInteger;
import org.earnest.bindings.call.PanelTerms;
import org.earnest.bindings.eip712.Vote;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;

/** Events of an arbiter that is a panel. A verdict can be counted anew from its votes. */
public sealed interface PanelEvent extends ContractEvent {
  /**
   * The panel was formed, in the transaction that deployed it.
   *
   * @param deals the escrow whose disputes it decides
   */
  record Formed(EvmAddress deals, PanelTerms terms) implements PanelEvent {}

  /** A member voted. */
  record Voted(EvmAddress member, Vote vote) implements PanelEvent {}

  /**
   * The panel's verdict was applied.
   *
   * @param voted weight of the members that voted
   * @param endorsing weight for the payee's case, times confidence in percent
   * @param challenging weight against it, times confidence in percent
   * @param barred bit i is set if member i is a party and its vote void
   */
  record Decided(
      DealId deal,
      int leg,
      Vote.Stance verdict,
      BigInteger voted,
      BigInteger endorsing,
      BigInteger challenging,
      BigInteger barred)
      implements PanelEvent {}

  /** The escalation address ruled. */
  record Escalated(DealId deal, int leg, int payeeBps, int bondBps, Hash32 reason)
      implements PanelEvent {}
}
