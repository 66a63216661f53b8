package org.earnest.cli.demo;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.crypto.LocalSigner;
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
  private final Credits credits;
  private final LocalSigner standby = DemoKeys.of(STANDBY);

  SaveDeal(Stage stage, Identities who) {
    this.stage = stage;
    this.who = who;
    this.deals = new Deals(stage, who);
    this.verbs = new LegVerbs(stage, who);
    this.credits = new Credits(stage, deals);
  }

  Ending run(QuotedTerms quoted, Quote quote) {
    DealTerms terms = terms(quoted, quote);
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
            stage.signer(Role.DEPLOYER),
            new TokenCalls(terms.head().token()).mint(standby.address(), STANDBY_BOND));
    stage.books().open(STANDBY, standby.address());
    Hash32 salt = deals.id(terms).digest();
    credits.deposit("seller", who.seller().signer(), terms.legs().getFirst().bond(), salt);
    credits.deposit(STANDBY, standby, STANDBY_BOND, salt);
  }

  private void offerAndJoin(DealTerms terms) {
    deals.fund(terms, List.of(""), List.of(""));
    deals.checkState(terms, 0, LegState.OFFERED);
    verbs.join(terms, who.seller().signer(), standby);
    deals.checkState(terms, 0, LegState.ACTIVE);
    stage.report().say("bonds", "both are taken");
    credits.check("seller", who.seller().address(), BigInteger.ZERO);
    credits.check(STANDBY, standby.address(), BigInteger.ZERO);
  }

  private void takeOver(DealTerms terms) {
    Leg leg = terms.legs().getFirst();
    stage.passTime(leg.due() + leg.grace(), "nothing is delivered");
    stage.moving(
        () -> {
          verbs.substitute(terms, standby);
          stage.books().move("escrow", "buyer", leg.bond());
        });
    RunReport report = stage.report();
    JsonNode shown = deals.leg(terms, 0);
    report.check("at work is", standby.address(), shown.path("occupant").asString(""));
    report.check(
        "the seller's bond went to the buyer",
        Usdc.text(leg.bond()),
        Usdc.text(new BigInteger(shown.at("/substitution/bondToClient").asString("0"))));
  }

  private void deliver(DealTerms terms) {
    verbs.deliver(terms, standby, "The manual, in English, by who stood by.");
    stage.moving(
        () -> {
          verbs.accept(terms, RATING);
          stage.books().move("escrow", STANDBY, terms.total().add(STANDBY_BOND));
        });
    RunReport report = stage.report();
    deals.checkState(terms, 0, LegState.ACCEPTED);
    report.check(
        "the retainer of " + Usdc.text(RETAINER) + " went to",
        standby.address(),
        deals.leg(terms, 0).at("/closing/retainerTo").asString(""));
    verbs.rate(terms, standby, RATING_OF_BUYER);
    report.check(
        "the standby's rating of the buyer",
        RATING_OF_BUYER,
        deals.leg(terms, 0).at("/ratings/0/rating").asInt(-1));
  }
}
