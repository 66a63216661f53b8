package org.earnest.bindings.call;

import java.time.Duration;
import java.time.Instant;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.DealTermsBuilder;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegBuilder;

/** Terms written once more, by their builder. */
final class TermsRewritten {
  private TermsRewritten() {}

  static DealTermsBuilder of(DealTerms terms) {
    Head head = terms.head();
    DealTermsBuilder builder =
        DealTerms.with(head.client())
            .rated(head.clientAgentId(), head.clientAgentEpoch())
            .in(head.token())
            .judgedBy(head.arbiter(), Duration.ofSeconds(head.rulingTime()), head.deadlockBps())
            .arbiterFee(head.arbiterFeeBps())
            .fee(head.feeReceiver(), head.feeBps())
            .openBy(Instant.ofEpochSecond(head.openBy()))
            .joinBy(Instant.ofEpochSecond(head.joinBy()))
            .document(head.docHash());
    terms.legs().forEach(leg -> builder.leg(leg.payee(), written -> write(leg, written)));
    return builder;
  }

  private static void write(Leg leg, LegBuilder written) {
    written
        .rated(leg.agentId(), leg.agentEpoch())
        .tag(leg.tag())
        .amount(leg.amount())
        .bond(leg.bond())
        .due(Instant.ofEpochSecond(leg.due()))
        .grace(Duration.ofSeconds(leg.grace()), leg.penaltyMax())
        .review(Duration.ofSeconds(leg.review()), leg.silenceBps())
        .criteria(leg.criteriaHash())
        .standby(
            leg.standby(),
            leg.retainer(),
            leg.standbyBond(),
            Duration.ofSeconds(leg.callWindow()),
            Duration.ofSeconds(leg.standbyTime()))
        .standbyRated(leg.standbyAgentId(), leg.standbyAgentEpoch());
  }
}
