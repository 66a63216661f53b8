package org.earnest.cli.demo;

import java.math.BigInteger;
import org.earnest.cli.client.Answer;
import org.earnest.cli.report.RunReport;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;

/** A deal that goes badly: nothing is delivered in time, and the buyer has the money back. */
final class MissDeal {
  private final Stage stage;
  private final Deals deals;
  private final LegVerbs verbs;

  MissDeal(Stage stage, Identities who) {
    this.stage = stage;
    this.deals = new Deals(stage, who);
    this.verbs = new LegVerbs(stage, who);
  }

  Ending run(DealTerms terms) {
    RunReport report = stage.report();
    deals.fund(terms);
    Answer early = verbs.askToLapse(terms);
    report.check("before the due time, lapse is refused", 409, early.status());
    report.check("as", "not_lapsed", early.code());
    Leg leg = terms.legs().getFirst();
    stage.moving(
        () -> {
          verbs.lapseAfter(leg.due() + leg.grace(), terms, "nothing is delivered");
          stage.books().move("escrow", "buyer", terms.total());
        });
    deals.checkState(terms, 0, LegState.MISSED);
    deals.checkPaid(terms, 0, Payout.divided(terms.total(), BigInteger.ZERO));
    stage.books().prove(report);
    return new Ending(
        terms,
        Ending.Mark.of(LegState.MISSED, BigInteger.ZERO),
        Ending.Mark.of(LegState.MISSED, BigInteger.ZERO));
  }
}
