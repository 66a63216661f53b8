package org.earnest.bindings.call;

import static org.earnest.bindings.call.DealStructs.number;

import org.earnest.bindings.contract.PanelArbiter;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;

/** A panel's terms and a deal's in the panel wrapper's types. */
final class PanelStructs {
  private PanelStructs() {}

  static PanelArbiter.PanelTerms of(PanelTerms terms) {
    return new PanelArbiter.PanelTerms(
        terms.members().stream().map(member -> member.account().hex()).toList(),
        terms.members().stream().map(member -> number(member.weight())).toList(),
        number(terms.quorumBps()),
        number(terms.marginBps()),
        number(terms.votingTime()),
        number(terms.endorsed().payeeBps()),
        number(terms.endorsed().bondBps()),
        number(terms.challenged().payeeBps()),
        number(terms.challenged().bondBps()),
        terms.escalation().hex(),
        terms.feeReceiver().hex());
  }

  static PanelArbiter.Head of(Head head) {
    return new PanelArbiter.Head(
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

  static PanelArbiter.Leg of(Leg leg) {
    return new PanelArbiter.Leg(
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
}
