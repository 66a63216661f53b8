package org.earnest.cli.demo;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import org.earnest.cli.report.RunReport;
import org.earnest.cli.report.Usdc;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegState;
import tools.jackson.databind.JsonNode;

/** A deal that both end early, for what was done so far. */
final class DivideDeal {
  private static final BigInteger DONE = BigInteger.valueOf(10_000_000);
  private static final Duration TO_ANSWER = Duration.ofMinutes(10);

  private final Stage stage;
  private final Deals deals;
  private final LegVerbs verbs;

  DivideDeal(Stage stage, Identities who) {
    this.stage = stage;
    this.deals = new Deals(stage, who);
    this.verbs = new LegVerbs(stage, who);
  }

  Ending run(DealTerms terms) {
    RunReport report = stage.report();
    report.say("deal", deals.id(terms));
    new Transactions(stage).told("open and fund", deals.open(terms));
    stage.books().move("buyer", "escrow", terms.total());
    Map<String, BigInteger> before = stage.books().actual();
    long until = stage.host().clock().instant().plus(TO_ANSWER).getEpochSecond();
    new Transactions(stage)
        .told("settle", verbs.settle(terms, new Division(DONE, BigInteger.ZERO, until)));
    BigInteger back = terms.total().subtract(DONE);
    stage.books().move("escrow", "seller", DONE);
    stage.books().move("escrow", "buyer", back);
    stage.books().tell(report, before);
    JsonNode leg = deals.show(terms).at("/legs/0");
    report.check("the leg is", "settled", leg.path("state").asString(""));
    report.check(
        "to the seller, to the buyer",
        Usdc.text(DONE) + ", " + Usdc.text(back),
        usdc(leg, "toPayee") + ", " + usdc(leg, "toClient"));
    stage.books().prove(report);
    return new Ending(
        terms, Ending.Mark.of(LegState.SETTLED, DONE), Ending.Mark.of(LegState.SETTLED, DONE));
  }

  private static String usdc(JsonNode leg, String member) {
    return Usdc.text(new BigInteger(leg.at("/closing/" + member).asString("0")));
  }
}
