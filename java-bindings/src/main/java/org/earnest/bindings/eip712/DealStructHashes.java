package org.earnest.bindings.eip712;

import java.math.BigInteger;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;

/** The structs that parties sign, hashed; which chain and escrow they are for is not in them. */
final class DealStructHashes {
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
          "Settle(bytes32 dealId,uint8 leg,uint8 state,address occupant,uint128 toPayee,"
              + "uint128 bondBack,uint40 validBefore)");
  private static final Hash32 RATE_TYPE =
      Keccak256.hash("Rate(bytes32 dealId,uint8 leg,bool byClient,uint8 rating)");
  private static final Hash32 DEPOSIT_TYPE =
      Keccak256.hash("Deposit(address token,address account,uint256 amount,bytes32 salt)");

  private DealStructHashes() {}

  static Hash32 of(DealTerms terms) {
    Words legs = new Words();
    terms.legs().forEach(leg -> legs.word(of(leg)));
    return Words.ofType(TERMS_TYPE).word(of(terms.head())).word(legs.hash()).hash();
  }

  static Hash32 of(Head head) {
    return TermsWords.append(Words.ofType(HEAD_TYPE), head).hash();
  }

  static Hash32 of(Leg leg) {
    return TermsWords.append(Words.ofType(LEG_TYPE), leg).hash();
  }

  static Hash32 deliver(DealId deal, int leg, Hash32 deliverable, EvmAddress occupant) {
    return Words.ofType(DELIVER_TYPE)
        .word(deal.digest())
        .uint(leg)
        .word(deliverable)
        .address(occupant)
        .hash();
  }

  static Hash32 accept(DealId deal, int leg, int rating) {
    return Words.ofType(ACCEPT_TYPE).word(deal.digest()).uint(leg).uint(rating).hash();
  }

  static Hash32 substitute(DealId deal, int leg) {
    return Words.ofType(SUBSTITUTE_TYPE).word(deal.digest()).uint(leg).hash();
  }

  static Hash32 dispute(DealId deal, int leg, boolean delivered, Hash32 evidence) {
    return Words.ofType(DISPUTE_TYPE)
        .word(deal.digest())
        .uint(leg)
        .bool(delivered)
        .word(evidence)
        .hash();
  }

  static Hash32 settle(
      DealId deal, int leg, LegState state, EvmAddress occupant, Division division) {
    return Words.ofType(SETTLE_TYPE)
        .word(deal.digest())
        .uint(leg)
        .uint(state.number())
        .address(occupant)
        .uint(division.toPayee())
        .uint(division.bondBack())
        .uint(division.validBefore())
        .hash();
  }

  static Hash32 rate(DealId deal, int leg, boolean byClient, int rating) {
    return Words.ofType(RATE_TYPE).word(deal.digest()).uint(leg).bool(byClient).uint(rating).hash();
  }

  static Hash32 deposit(EvmAddress token, EvmAddress account, BigInteger amount, Hash32 salt) {
    return Words.ofType(DEPOSIT_TYPE)
        .address(token)
        .address(account)
        .uint(amount)
        .word(salt)
        .hash();
  }
}
