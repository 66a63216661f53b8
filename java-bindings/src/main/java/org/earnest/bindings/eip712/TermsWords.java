package org.earnest.bindings.eip712;

import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;

/** The members of a deal's structs, one word each, in the order of the contract. */
final class TermsWords {
  private TermsWords() {}

  static Words append(Words words, Head head) {
    return words
        .address(head.client())
        .uint(head.clientAgentId())
        .uint(head.clientAgentEpoch())
        .address(head.token())
        .address(head.arbiter())
        .uint(head.rulingTime())
        .uint(head.deadlockBps())
        .uint(head.arbiterFeeBps())
        .address(head.feeReceiver())
        .uint(head.feeBps())
        .uint(head.openBy())
        .uint(head.joinBy())
        .word(head.docHash());
  }

  static Words append(Words words, Leg leg) {
    return words
        .address(leg.payee())
        .uint(leg.agentId())
        .uint(leg.agentEpoch())
        .word(leg.tag())
        .uint(leg.amount())
        .uint(leg.bond())
        .uint(leg.penaltyMax())
        .uint(leg.due())
        .uint(leg.grace())
        .uint(leg.review())
        .uint(leg.silenceBps())
        .word(leg.criteriaHash())
        .address(leg.standby())
        .uint(leg.standbyAgentId())
        .uint(leg.standbyAgentEpoch())
        .uint(leg.retainer())
        .uint(leg.standbyBond())
        .uint(leg.callWindow())
        .uint(leg.standbyTime());
  }
}
