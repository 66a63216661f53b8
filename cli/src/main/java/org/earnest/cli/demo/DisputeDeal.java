package org.earnest.cli.demo;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.earnest.cli.client.Answer;
import org.earnest.cli.report.RunReport;
import org.earnest.cli.report.Usdc;
import org.earnest.core.chain.BasisPoints;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;
import tools.jackson.databind.JsonNode;

/** A deal whose delivery the buyer disputes: a panel rules, and both sides rate each other. */
final class DisputeDeal {
  private static final Duration RULING_TIME = Duration.ofDays(1);
  private static final int DEADLOCK_BPS = 5_000;
  private static final int ARBITER_FEE_BPS = 400;
  private static final int RATING_OF_SELLER = 35;
  private static final int RATING_OF_BUYER = 60;

  private final Stage stage;
  private final Identities who;
  private final Deals deals;
  private final LegVerbs verbs;

  DisputeDeal(Stage stage, Identities who) {
    this.stage = stage;
    this.who = who;
    this.deals = new Deals(stage, who);
    this.verbs = new LegVerbs(stage, who);
  }

  Ending run(QuotedTerms quoted, Quote quote) {
    Panel panel = new Panel(stage);
    panel.form();
    DealTerms terms =
        quoted.of(
            quote,
            head ->
                head.judgedBy(panel.address(), RULING_TIME, DEADLOCK_BPS)
                    .arbiterFee(ARBITER_FEE_BPS),
            leg -> {});
    stage.report().say("deal", deals.id(terms));
    dispute(terms);
    BigInteger paid = rule(panel, terms);
    rate(terms);
    stage.books().prove(stage.report());
    return new Ending(
        terms,
        Ending.Mark.of(LegState.RULED, paid).rated(RATING_OF_SELLER).lostIt(),
        Ending.Mark.of(LegState.RULED, paid).rated(RATING_OF_BUYER));
  }

  private void dispute(DealTerms terms) {
    Map<String, BigInteger> before = stage.books().actual();
    told("open and fund", deals.open(terms));
    stage.books().move("buyer", "escrow", terms.total());
    stage.books().tell(stage.report(), before);
    Work work = Work.publish(stage, "The manual, in French.");
    told("deliver", verbs.deliver(terms, who.seller().signer(), work.hash(), work.uri()));
    Work evidence = Work.publish(stage, "It was to be in English.");
    told("dispute", verbs.dispute(terms, evidence.hash(), evidence.uri()));
    JsonNode leg = deals.show(terms).at("/legs/0");
    stage.report().check("the leg is", "disputed", leg.path("state").asString(""));
    stage.report().check("called by", who.buyer().address(), leg.at("/dispute/by").asString(""));
  }

  /** Gives what the seller is paid. */
  private BigInteger rule(Panel panel, DealTerms terms) {
    RunReport report = stage.report();
    BigInteger price = terms.total();
    BigInteger fee = share(price, ARBITER_FEE_BPS);
    BigInteger paid = share(price.subtract(fee), Panel.CHALLENGED_BPS);
    panel.vote(deals.id(terms));
    Map<String, BigInteger> before = stage.books().actual();
    panel.decide(deals.id(terms), terms);
    stage.books().move("escrow", "seller", paid);
    stage.books().move("escrow", "buyer", price.subtract(fee).subtract(paid));
    panel.collect(deals.id(terms), terms.head().token());
    stage.books().move("escrow", "arbiter", fee);
    stage.books().tell(report, before);
    JsonNode closing = deals.show(terms).at("/legs/0/closing");
    report.check(
        "to the seller, to the buyer, to the panel",
        Usdc.text(paid)
            + ", "
            + Usdc.text(price.subtract(fee).subtract(paid))
            + ", "
            + Usdc.text(fee),
        usdc(closing, "toPayee")
            + ", "
            + usdc(closing, "toClient")
            + ", "
            + usdc(closing, "arbiterFee"));
    return paid;
  }

  private void rate(DealTerms terms) {
    told("rate", verbs.rate(terms, who.buyer().signer(), RATING_OF_SELLER));
    told("rate", verbs.rate(terms, who.seller().signer(), RATING_OF_BUYER));
    stage
        .report()
        .check(
            "what each says of the other",
            List.of("client " + RATING_OF_SELLER, "payee " + RATING_OF_BUYER),
            deals
                .show(terms)
                .at("/legs/0/ratings")
                .valueStream()
                .map(each -> each.path("by").asString("") + " " + each.path("rating").asInt(-1))
                .sorted()
                .toList());
  }

  private void told(String what, Answer answer) {
    new Transactions(stage).told(what, answer);
  }

  private static String usdc(JsonNode closing, String member) {
    return Usdc.text(new BigInteger(closing.path(member).asString("0")));
  }

  private static BigInteger share(BigInteger sum, int bps) {
    return sum.multiply(BigInteger.valueOf(bps)).divide(BigInteger.valueOf(BasisPoints.WHOLE));
  }
}
