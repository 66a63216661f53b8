package org.earnest.cli.demo;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.cli.client.Answer;
import org.earnest.cli.report.RunReport;
import org.earnest.cli.report.Usdc;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.earnest.devnet.DevAccount.Role;
import tools.jackson.databind.JsonNode;

/**
 * A deal that its standby saves: offered, joined with bonds, missed by the seller, taken over,
 * delivered and paid.
 */
final class SaveDeal {
  private static final String STANDBY = "standby";
  private static final BigInteger RETAINER = BigInteger.valueOf(1_500_000);
  private static final BigInteger STANDBY_BOND = BigInteger.valueOf(2_000_000);
  private static final Duration TO_JOIN = Duration.ofMinutes(30);
  private static final Duration CALL_WINDOW = Duration.ofMinutes(10);
  private static final Duration STANDBY_TIME = Duration.ofHours(1);
  private static final int RATING = 92;
  private static final int RATING_OF_BUYER = 88;

  private final Stage stage;
  private final Identities who;
  private final Deals deals;
  private final LegVerbs verbs;
  private final LocalSigner standby =
      LocalSigner.of(Keccak256.hash("earnest demo: the standby").bytes());

  SaveDeal(Stage stage, Identities who) {
    this.stage = stage;
    this.who = who;
    this.deals = new Deals(stage, who);
    this.verbs = new LegVerbs(stage, who);
  }

  Ending run(QuotedTerms quoted, Quote quote) {
    DealTerms terms = terms(quoted, quote);
    stage.report().say("deal", deals.id(terms));
    putBondsIn(terms);
    offerAndJoin(terms);
    takeOver(terms);
    deliver(terms);
    stage.books().prove(stage.report());
    BigInteger price = quote.amount();
    return new Ending(
        terms,
        Ending.Mark.of(LegState.MISSED, BigInteger.ZERO),
        Ending.Mark.of(LegState.ACCEPTED, price).rated(RATING_OF_BUYER));
  }

  private DealTerms terms(QuotedTerms quoted, Quote quote) {
    return quoted.of(
        quote,
        head -> head.joinBy(stage.host().clock().instant().plus(TO_JOIN)),
        leg ->
            leg.bond(bond(quote.amount()))
                .standby(standby.address(), RETAINER, STANDBY_BOND, CALL_WINDOW, STANDBY_TIME));
  }

  private static BigInteger bond(BigInteger price) {
    return price.shiftRight(1);
  }

  private void putBondsIn(DealTerms terms) {
    new Transactions(stage)
        .send(
            "mint for the standby",
            "demo:standby:" + deals.id(terms),
            stage.host().chain().account(Role.DEPLOYER).signer(),
            new TokenCalls(terms.head().token()).mint(standby.address(), STANDBY_BOND));
    stage.books().open(STANDBY, standby.address());
    BigInteger bond = terms.legs().getFirst().bond();
    putIn("seller", who.seller().signer(), bond, deals.id(terms).digest());
    putIn(STANDBY, standby, STANDBY_BOND, deals.id(terms).digest());
  }

  private void putIn(String name, LocalSigner account, BigInteger amount, Hash32 salt) {
    deals.deposit(account, amount, salt).require("the deposit of the " + name);
    stage.books().move(name, "escrow", amount);
    stage
        .report()
        .check("credit of the " + name + " for its bond", Usdc.text(amount), credit(account));
  }

  private void offerAndJoin(DealTerms terms) {
    RunReport report = stage.report();
    Map<String, BigInteger> before = stage.books().actual();
    told("open and fund", deals.open(terms, List.of(""), List.of("")));
    stage.books().move("buyer", "escrow", terms.total());
    stage.books().tell(report, before);
    report.check("before anybody has joined, the leg is", "offered", state(terms));
    told("join", verbs.join(terms, who.seller().signer(), standby));
    report.check("then it is", "active", state(terms));
    report.check("credit of the seller, its bond taken", none(), credit(who.seller().signer()));
    report.check("credit of the standby, its bond taken", none(), credit(standby));
  }

  private String credit(LocalSigner account) {
    return Usdc.text(new BigInteger(deals.credit(account.address())));
  }

  private static String none() {
    return Usdc.text(BigInteger.ZERO);
  }

  private void takeOver(DealTerms terms) {
    RunReport report = stage.report();
    Leg leg = terms.legs().getFirst();
    long after = leg.due() + leg.grace() + 1;
    stage.host().chain().warpTo(after);
    report.say("time", "nothing is delivered; the chain's clock is moved to " + after);
    Map<String, BigInteger> before = stage.books().actual();
    told("substitute", verbs.substitute(terms, standby));
    stage.books().move("escrow", "buyer", leg.bond());
    stage.books().tell(report, before);
    JsonNode shown = deals.show(terms).at("/legs/0");
    report.check("at work is", standby.address(), shown.path("occupant").asString(""));
    report.check(
        "the seller's bond went to the buyer",
        Usdc.text(leg.bond()),
        Usdc.text(new BigInteger(shown.at("/substitution/bondToClient").asString("0"))));
  }

  private void deliver(DealTerms terms) {
    RunReport report = stage.report();
    Work work = Work.publish(stage, "The manual, in English, by who stood by.");
    told("deliver", verbs.deliver(terms, standby, work.hash(), work.uri()));
    Map<String, BigInteger> before = stage.books().actual();
    told("accept", verbs.accept(terms, RATING));
    BigInteger paid = terms.total().add(STANDBY_BOND);
    stage.books().move("escrow", STANDBY, paid);
    stage.books().tell(report, before);
    report.check(
        "the retainer of " + Usdc.text(RETAINER) + " went to",
        standby.address(),
        deals.show(terms).at("/legs/0/closing/retainerTo").asString(""));
    told("rate", verbs.rate(terms, standby, RATING_OF_BUYER));
    report.check(
        "the standby's rating of the buyer",
        RATING_OF_BUYER,
        deals.show(terms).at("/legs/0/ratings/0/rating").asInt(-1));
  }

  private String state(DealTerms terms) {
    return deals.show(terms).at("/legs/0/state").asString("");
  }

  private void told(String what, Answer answer) {
    new Transactions(stage).told(what, answer);
  }
}
