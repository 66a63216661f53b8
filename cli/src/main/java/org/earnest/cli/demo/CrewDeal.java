package org.earnest.cli.demo;

import java.math.BigInteger;
import java.util.List;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.cli.report.RunReport;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;
import org.earnest.devnet.DevAccount.Role;

/**
 * A deal of three legs on a platform: the buyer accepts two at once and says nothing of the third,
 * which silence pays; the platform fetches its fees.
 */
final class CrewDeal {
  private static final String PROOFREADER = "proofreader";
  private static final String ILLUSTRATOR = "illustrator";
  private static final String PLATFORM = "platform";
  private static final int FEE_BPS = 250;
  private static final int RATING = 94;
  private static final List<Integer> RATINGS =
      List.of(RATING, DealEscrowCalls.NO_RATING, DealEscrowCalls.LEAVE_ALONE);

  /** For the gas of one withdrawal, by far. */
  private static final BigInteger WEI = BigInteger.TEN.pow(17);

  private final Stage stage;
  private final Identities who;
  private final Deals deals;
  private final Credits credits;
  private final LocalSigner proofreader = DemoKeys.of(PROOFREADER);
  private final LocalSigner illustrator = DemoKeys.of(ILLUSTRATOR);
  private final LocalSigner platform = DemoKeys.of(PLATFORM);

  CrewDeal(Stage stage, Identities who) {
    this.stage = stage;
    this.who = who;
    this.deals = new Deals(stage, who);
    this.credits = new Credits(stage, deals);
  }

  Ending run(QuotedTerms quoted, Quote quote) {
    stage.books().open(PROOFREADER, proofreader.address());
    stage.books().open(ILLUSTRATOR, illustrator.address());
    DealTerms terms =
        quoted.of(
            quote,
            head -> head.fee(platform.address(), FEE_BPS),
            leg -> {},
            new Job(proofreader.address(), "proofreading", BigInteger.valueOf(4_000_000)),
            new Job(illustrator.address(), "three drawings", BigInteger.valueOf(6_000_000)));
    begin(terms);
    acceptTwo(terms);
    sayNothingOfTheThird(terms);
    fetchFees(terms);
    stage.books().prove(stage.report());
    return new Ending(
        terms,
        List.of(Ending.Mark.of(LegState.ACCEPTED, price(terms, 0)).rated(RATING)),
        List.of(
            Ending.Mark.of(LegState.ACCEPTED, price(terms, 0)),
            Ending.Mark.of(LegState.ACCEPTED, price(terms, 1)),
            Ending.Mark.of(LegState.LAPSED, price(terms, 2))));
  }

  private void begin(DealTerms terms) {
    List<LocalSigner> crew = List.of(who.seller().signer(), proofreader, illustrator);
    deals.fund(terms, crew.stream().map(one -> deals.consent(terms, one)).toList(), List.of());
    List<String> works =
        List.of("The manual, in English.", "Its errata: none.", "Three drawings, as text.");
    for (int leg = 0; leg < crew.size(); leg++) {
      new LegVerbs(stage, who, leg).deliver(terms, crew.get(leg), works.get(leg));
    }
  }

  private void acceptTwo(DealTerms terms) {
    RunReport report = stage.report();
    Transactions transactions = new Transactions(stage);
    ChainCall acceptance = deals.calls().acceptMany(terms, RATINGS);
    report.check(
        "for anybody else, acceptMany is refused as",
        "CallerIsNotParty",
        transactions.refusal(stage.signer(Role.STRANGER).address(), acceptance));
    stage.moving(
        () -> {
          transactions.send(
              "acceptMany", "demo:acceptMany:" + deals.id(terms), who.buyer().signer(), acceptance);
          stage.books().move("escrow", "seller", payout(terms, 0).toPayee());
          stage.books().move("escrow", PROOFREADER, payout(terms, 1).toPayee());
        });
    paid(terms, 0, LegState.ACCEPTED);
    report.check(
        "the rating on record",
        RATING,
        deals.leg(terms, 0).at("/closing/rating").asInt(DealEscrowCalls.NO_RATING));
    paid(terms, 1, LegState.ACCEPTED);
    deals.checkState(terms, 2, LegState.DELIVERED);
  }

  private void sayNothingOfTheThird(DealTerms terms) {
    stage.moving(
        () -> {
          new LegVerbs(stage, who, 2)
              .lapseAfter(
                  deals.status(terms, 2).timestamp() + terms.legs().get(2).review(),
                  terms,
                  "the buyer says nothing of the drawings");
          stage.books().move("escrow", ILLUSTRATOR, payout(terms, 2).toPayee());
        });
    paid(terms, 2, LegState.LAPSED);
  }

  private void fetchFees(DealTerms terms) {
    BigInteger fees =
        payout(terms, 0).fee().add(payout(terms, 1).fee()).add(payout(terms, 2).fee());
    credits.check(PLATFORM, platform.address(), fees);
    LocalSigner treasury = DemoKeys.of("treasury");
    stage.books().open("treasury", treasury.address());
    stage.host().chain().setBalance(platform.address(), WEI);
    stage.moving(() -> credits.withdraw(platform, "treasury", treasury.address(), fees));
    credits.check(PLATFORM, platform.address(), BigInteger.ZERO);
    stage
        .report()
        .check(
            "a second withdrawal would be refused as",
            "NoCredit",
            new Transactions(stage)
                .refusal(
                    platform.address(),
                    deals.calls().withdraw(terms.head().token(), treasury.address())));
  }

  private void paid(DealTerms terms, int leg, LegState outcome) {
    deals.checkState(terms, leg, outcome);
    deals.checkPaid(terms, leg, payout(terms, leg));
  }

  private static Payout payout(DealTerms terms, int leg) {
    return Payout.inFull(price(terms, leg), FEE_BPS);
  }

  private static BigInteger price(DealTerms terms, int leg) {
    return terms.legs().get(leg).amount();
  }
}
