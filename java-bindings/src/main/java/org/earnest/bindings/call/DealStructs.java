package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.List;
import org.earnest.bindings.contract.DealEscrow;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;

/** A deal's terms in the wrapper's types. */
final class DealStructs {
  private DealStructs() {}

  static DealEscrow.Head of(Head head) {
    return new DealEscrow.Head(
        head.client().hex(),
        head.clientAgentId(),
        number(head.clientAgentEpoch()),
        head.token().hex(),
        head.arbiter().hex(),
        number(head.rulingTime()),
        number(head.deadlockBps()),
        number(head.arbiterFeeBps()),
        head.feeReceiver().hex(),
        number(head.feeBps()),
        number(head.openBy()),
        number(head.joinBy()),
        head.docHash().bytes());
  }

  static DealEscrow.Leg of(Leg leg) {
    return new DealEscrow.Leg(
        leg.payee().hex(),
        leg.agentId(),
        number(leg.agentEpoch()),
        leg.tag().bytes(),
        leg.amount(),
        leg.bond(),
        leg.penaltyMax(),
        number(leg.due()),
        number(leg.grace()),
        number(leg.review()),
        number(leg.silenceBps()),
        leg.criteriaHash().bytes(),
        leg.standby().hex(),
        leg.standbyAgentId(),
        number(leg.standbyAgentEpoch()),
        leg.retainer(),
        leg.standbyBond(),
        number(leg.callWindow()),
        number(leg.standbyTime()));
  }

  static DealEscrow.Division of(Division division) {
    return new DealEscrow.Division(
        division.toPayee(), division.bondBack(), number(division.validBefore()));
  }

  static List<DealEscrow.Leg> legs(DealTerms terms) {
    return terms.legs().stream().map(DealStructs::of).toList();
  }

  static List<byte[]> bytes(List<Hash32> hashes) {
    return hashes.stream().map(Hash32::bytes).toList();
  }

  static BigInteger number(long value) {
    return BigInteger.valueOf(value);
  }
}
