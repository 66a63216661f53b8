package org.earnest.bindings.eip712;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;

/** What parties sign for one deal escrow: the terms, and the verbs on a leg. */
public final class DealTypedData {
  private final Eip712Domain domain;

  public DealTypedData(Caip2ChainId chain, EvmAddress escrow) {
    this.domain = domain(chain, escrow);
  }

  static Eip712Domain domain(Caip2ChainId chain, EvmAddress escrow) {
    return new Eip712Domain("Earnest Deal", "1", chain, escrow);
  }

  /** The deal's id, which every party signs. */
  public DealId dealId(DealTerms terms) {
    return new DealId(domain.digest(DealStructHashes.of(terms)));
  }

  /**
   * What a payee signs to have a delivery relayed.
   *
   * @param leg the leg's index
   * @param deliverable hash of what is delivered
   * @param occupant who holds the leg: the payee, or the standby that took over
   */
  public Hash32 deliver(DealId deal, int leg, Hash32 deliverable, EvmAddress occupant) {
    return domain.digest(DealStructHashes.deliver(deal, leg, deliverable, occupant));
  }

  /**
   * What a client signs to have an acceptance relayed.
   *
   * @param rating 0 to 100; 255 for none
   */
  public Hash32 accept(DealId deal, int leg, int rating) {
    return domain.digest(DealStructHashes.accept(deal, leg, rating));
  }

  /** What a standby signs to have its taking over relayed. */
  public Hash32 substitute(DealId deal, int leg) {
    return domain.digest(DealStructHashes.substitute(deal, leg));
  }

  /**
   * What a side signs to have its dispute relayed.
   *
   * @param delivered whether the leg was delivered before, so that what a payee signed before its
   *     delivery is useless after it
   * @param evidence hash of the evidence
   */
  public Hash32 dispute(DealId deal, int leg, boolean delivered, Hash32 evidence) {
    return domain.digest(DealStructHashes.dispute(deal, leg, delivered, evidence));
  }

  /**
   * What client and payee at work both sign to end a leg.
   *
   * @param state where the leg is: active, delivered or disputed. What was signed of one of them is
   *     useless in the next, so that nobody cancels by an old word what was delivered since
   * @param occupant the payee at work
   */
  public Hash32 settle(
      DealId deal, int leg, LegState state, EvmAddress occupant, Division division) {
    return domain.digest(DealStructHashes.settle(deal, leg, state, occupant, division));
  }

  /**
   * What a side signs to have its rating of the other relayed.
   *
   * @param byClient whether the client rates
   * @param rating 0 to 100
   */
  public Hash32 rate(DealId deal, int leg, boolean byClient, int rating) {
    return domain.digest(DealStructHashes.rate(deal, leg, byClient, rating));
  }

  /**
   * What a deposit's EIP-3009 nonce or Permit2 witness is, so that nobody spends a deal's
   * authorization as a deposit.
   *
   * @param amount atomic units
   * @param salt makes it new
   */
  public Hash32 deposit(EvmAddress token, EvmAddress account, BigInteger amount, Hash32 salt) {
    return domain.digest(DealStructHashes.deposit(token, account, amount, salt));
  }

  /** The head's struct hash, which stands for it where a verb does not need its members. */
  public static Hash32 hash(Head head) {
    return DealStructHashes.of(head);
  }

  public static Hash32 hash(Leg leg) {
    return DealStructHashes.of(leg);
  }

  /** The hashes of every leg but one, in order. */
  public static List<Hash32> siblings(DealTerms terms, int leg) {
    List<Hash32> hashes = new ArrayList<>(terms.legs().size());
    terms.legs().forEach(each -> hashes.add(hash(each)));
    hashes.remove(leg);
    return hashes;
  }
}
