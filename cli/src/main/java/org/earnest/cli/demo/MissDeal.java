package org.earnest.cli.demo;

import java.math.BigInteger;
import java.util.Map;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.cli.client.Answer;
import org.earnest.cli.report.RunReport;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.earnest.devnet.DevAccount.Role;
import tools.jackson.databind.JsonNode;

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
    report.say("deal", deals.id(terms));
    Map<String, BigInteger> before = stage.books().actual();
    new Transactions(stage).told("open and fund", deals.open(terms));
    stage.books().move("buyer", "escrow", terms.total());
    stage.books().tell(report, before);

    Answer early = verbs.lapse(terms);
    report.check("before the due time, lapse is refused", 409, early.status());
    report.check("as", "not_lapsed", early.code());
    lapse(terms);
    JsonNode leg = deals.show(terms).at("/legs/0");
    report.check("the leg is", "missed", leg.path("state").asString(""));
    report.check(
        "what came back, to the last unit",
        terms.total(),
        leg.at("/closing/toClient").asString(""));
    stage.books().prove(report);
    return new Ending(
        terms,
        Ending.Mark.of(LegState.MISSED, BigInteger.ZERO),
        Ending.Mark.of(LegState.MISSED, BigInteger.ZERO));
  }

  private void lapse(DealTerms terms) {
    Leg leg = terms.legs().getFirst();
    long after = leg.due() + leg.grace() + 1;
    stage.host().chain().warpTo(after);
    stage.report().say("time", "the chain's clock is moved to " + after);
    Map<String, BigInteger> before = stage.books().actual();
    new Transactions(stage)
        .send(
            "lapse",
            "demo:lapse:" + deals.id(terms),
            stage.host().chain().account(Role.STRANGER).signer(),
            new DealEscrowCalls(stage.host().contracts().dealEscrow()).lapse(terms, 0));
    stage.books().move("escrow", "buyer", terms.total());
    stage.books().tell(stage.report(), before);
  }
}
