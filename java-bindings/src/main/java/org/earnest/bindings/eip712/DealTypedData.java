package org.earnest.bindings.eip712;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;

/** What parties sign for one deal escrow: the terms, and the verbs on a leg. */
public final class DealTypedData {
  private static final String HEAD =
      "Head(address client,uint256 clientAgentId,uint32 clientAgentEpoch,address token,"
          + "address arbiter,uint32 rulingTime,uint16 deadlockBps,uint16 arbiterFeeBps,"
          + "address feeReceiver,uint16 feeBps,uint40 openBy,uint40 joinBy,bytes32 docHash)";
  private static final String LEG =
      "Leg(address payee,uint256 agentId,uint32 agentEpoch,bytes32 tag,uint128 amount,"
          + "uint128 bond,uint128 penaltyMax,uint40 due,uint32 grace,uint32 review,"
          + "uint16 silenceBps,bytes32 criteriaHash,address standby,uint256 standbyAgentId,"
          + "uint32 standbyAgentEpoch,uint128 retainer,uint128 standbyBond,uint32 callWindow,"
          + "uint32 standbyTime)";
  private static final Hash32 HEAD_TYPE = Keccak256.hash(HEAD);
  private static final Hash32 LEG_TYPE = Keccak256.hash(LEG);
  private static final Hash32 TERMS_TYPE =
      Keccak256.hash("DealTerms(Head head,Leg[] legs)" + HEAD + LEG);
  private static final Hash32 DELIVER_TYPE =
      Keccak256.hash("Deliver(bytes32 dealId,uint8 leg,bytes32 deliverable,address occupant)");
  private static final Hash32 ACCEPT_TYPE =
      Keccak256.hash("Accept(bytes32 dealId,uint8 leg,uint8 rating)");
  private static final Hash32 SUBSTITUTE_TYPE =
      Keccak256.hash("Substitute(bytes32 dealId,uint8 leg)");
  private static final Hash32 DISPUTE_TYPE =
      Keccak256.hash("Dispute(bytes32 dealId,uint8 leg,bool delivered,bytes32 evidence)");
  private static final Hash32 SETTLE_TYPE =
      Keccak256.hash(
          "Settle(bytes32 dealId,uint8 leg,address occupant,uint128 toPayee,uint128 bondBack,"
              + "uint40 validBefore)");
  private static final Hash32 RATE_TYPE =
      Keccak256.hash("Rate(bytes32 dealId,uint8 leg,bool byClient,uint8 rating)");
  private static final Hash32 DEPOSIT_TYPE =
      Keccak256.hash("Deposit(address token,address account,uint256 amount,bytes32 salt)");

  private final Eip712Domain domain;

  public DealTypedData(Caip2ChainId chain, EvmAddress escrow) {
    this.domain = new Eip712Domain("Earnest Deal", "1", chain, escrow);
  }

  /** The deal's id, which every party signs. */
  public DealId dealId(DealTerms terms) {
    Words legs = new Words();
    terms.legs().forEach(leg -> legs.word(hash(leg)));
    return new DealId(
        domain.digest(Words.ofType(TERMS_TYPE).word(hash(terms.head())).word(legs.hash()).hash()));
  }

  /**
   * What a payee signs to have a delivery relayed.
   *
   * @param leg the leg's index
   * @param deliverable hash of what is delivered
   * @param occupant who holds the leg: the payee, or the standby that took over
   */
  public Hash32 deliver(DealId deal, int leg, Hash32 deliverable, EvmAddress occupant) {
    return domain.digest(
        Words.ofType(DELIVER_TYPE)
            .word(deal.digest())
            .uint(leg)
            .word(deliverable)
            .address(occupant)
            .hash());
  }

  /**
   * What a client signs to have an acceptance relayed.
   *
   * @param rating 0 to 100; 255 for none
   */
  public Hash32 accept(DealId deal, int leg, int rating) {
    return domain.digest(
        Words.ofType(ACCEPT_TYPE).word(deal.digest()).uint(leg).uint(rating).hash());
  }

  /** What a standby signs to have its taking over relayed. */
  public Hash32 substitute(DealId deal, int leg) {
    return domain.digest(Words.ofType(SUBSTITUTE_TYPE).word(deal.digest()).uint(leg).hash());
  }

  /**
   * What a side signs to have its dispute relayed.
   *
   * @param delivered whether the leg was delivered before, so that what a payee signed before its
   *     delivery is useless after it
   * @param evidence hash of the evidence
   */
  public Hash32 dispute(DealId deal, int leg, boolean delivered, Hash32 evidence) {
    return domain.digest(
        Words.ofType(DISPUTE_TYPE)
            .word(deal.digest())
            .uint(leg)
            .bool(delivered)
            .word(evidence)
            .hash());
  }

  /**
   * What client and payee at work both sign to end a leg.
   *
   * @param occupant the payee at work
   */
  public Hash32 settle(DealId deal, int leg, EvmAddress occupant, Division division) {
    return domain.digest(
        Words.ofType(SETTLE_TYPE)
            .word(deal.digest())
            .uint(leg)
            .address(occupant)
            .uint(division.toPayee())
            .uint(division.bondBack())
            .uint(division.validBefore())
            .hash());
  }

  /**
   * What a side signs to have its rating of the other relayed.
   *
   * @param byClient whether the client rates
   * @param rating 0 to 100
   */
  public Hash32 rate(DealId deal, int leg, boolean byClient, int rating) {
    return domain.digest(
        Words.ofType(RATE_TYPE).word(deal.digest()).uint(leg).bool(byClient).uint(rating).hash());
  }

  /**
   * What a deposit's EIP-3009 nonce or Permit2 witness is, so that nobody spends a deal's
   * authorization as a deposit.
   *
   * @param amount atomic units
   * @param salt makes it new
   */
  public Hash32 deposit(EvmAddress token, EvmAddress account, BigInteger amount, Hash32 salt) {
    return domain.digest(
        Words.ofType(DEPOSIT_TYPE).address(token).address(account).uint(amount).word(salt).hash());
  }

  /** The head's struct hash, which stands for it where a verb does not need its members. */
  public static Hash32 hash(Head head) {
    return TermsWords.append(Words.ofType(HEAD_TYPE), head).hash();
  }

  public static Hash32 hash(Leg leg) {
    return TermsWords.append(Words.ofType(LEG_TYPE), leg).hash();
  }

  /** The hashes of every leg but one, in order. */
  public static List<Hash32> siblings(DealTerms terms, int leg) {
    List<Hash32> hashes = new ArrayList<>(terms.legs().size());
    terms.legs().forEach(each -> hashes.add(hash(each)));
    hashes.remove(leg);
    return hashes;
  }
}
