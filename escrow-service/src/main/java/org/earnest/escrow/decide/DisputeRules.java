package org.earnest.escrow.decide;

import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.LegState;
import org.earnest.escrow.decide.LegDecision.AlreadyDone;
import org.earnest.escrow.decide.LegDecision.Refused;

/** How a leg comes before its arbiter. */
final class DisputeRules {
  private DisputeRules() {}

  static LegDecision dispute(LegVerb.Dispute dispute, LegFacts facts, EscrowBounds bounds) {
    if (facts.head().arbiter().isZero()) {
      return new Refused(
          Refusal.state("no_arbiter", "The deal's terms name no arbiter: there are no disputes."));
    }
    EvmAddress party = facts.side(dispute.byClient());
    Optional<Refusal> unsigned =
        LegDecision.consent(
            facts,
            new Consents.Wanted(
                party,
                "the dispute, as " + LegVerb.side(dispute.byClient()),
                bounds
                    .typedData()
                    .dispute(facts.deal(), facts.index(), delivered(facts), dispute.evidence()),
                dispute.signature()));
    if (unsigned.isPresent()) {
      return new Refused(unsigned.get());
    }
    return facts
            .history()
            .disputed()
            .filter(it -> it.by().equals(party) && it.evidence().equals(dispute.evidence()))
            .isPresent()
        ? new AlreadyDone()
        : inTime(dispute, facts);
  }

  /** Whether what a side signs for a dispute says that the leg was delivered. */
  static boolean delivered(LegFacts facts) {
    return facts.state() != LegState.ACTIVE && !facts.status().disputedBeforeDelivery();
  }

  /** The payee may as long as it may deliver, and both sides in the review. */
  private static LegDecision inTime(LegVerb.Dispute dispute, LegFacts facts) {
    boolean undelivered = facts.state() == LegState.ACTIVE && !dispute.byClient();
    return undelivered
        ? LegDecision.unless(
            List.of(
                LegDecision.inTime(
                    facts, facts.occupancy().deliverBy(), "The leg was missed by then.")))
        : LegDecision.unless(
            List.of(
                LegDecision.inState(facts, LegState.DELIVERED),
                LegDecision.inTime(
                    facts, facts.occupancy().reviewBy(), "Anybody may send lapse now.")));
  }
}
