package org.earnest.cli.demo;

import java.util.List;
import org.earnest.bindings.eip712.Vote.Stance;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;

/** A deal whose delivery the buyer disputes: a panel rules, and both sides rate each other. */
final class DisputeDeal {
  private static final int RATING_OF_SELLER = 35;
  private static final int RATING_OF_BUYER = 60;

  /** Two against the payee's case and one for it: 170 to 60, where a lead of 75 is enough. */
  private static final List<Ballot> BALLOTS =
      List.of(
          new Ballot(Stance.CHALLENGE, 90),
          new Ballot(Stance.CHALLENGE, 80),
          new Ballot(Stance.ENDORSE, 60));

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

  Ending run(Panel panel, QuotedTerms quoted, Quote quote) {
    panel.form();
    DealTerms terms = quoted.of(quote, panel::judging, leg -> {});
    dispute(terms);
    panel.vote(deals.id(terms), BALLOTS);
    Payout payout = Payout.ruled(terms.total(), Panel.FEE_BPS, Panel.CHALLENGED_BPS);
    panel.close(terms, payout, () -> panel.decide(terms, BALLOTS));
    deals.checkState(terms, 0, LegState.RULED);
    deals.checkPaid(terms, 0, payout);
    rate(terms);
    stage.books().prove(stage.report());
    return new Ending(
        terms,
        Ending.Mark.of(LegState.RULED, payout.toPayee()).rated(RATING_OF_SELLER).lostIt(),
        Ending.Mark.of(LegState.RULED, payout.toPayee()).rated(RATING_OF_BUYER));
  }

  private void dispute(DealTerms terms) {
    deals.fund(terms);
    verbs.deliver(terms, who.seller().signer(), "The manual, in French.");
    verbs.dispute(terms, "It was to be in English.");
    deals.checkState(terms, 0, LegState.DISPUTED);
    stage
        .report()
        .check(
            "called by", who.buyer().address(), deals.leg(terms, 0).at("/dispute/by").asString(""));
  }

  private void rate(DealTerms terms) {
    verbs.rate(terms, who.buyer().signer(), RATING_OF_SELLER);
    verbs.rate(terms, who.seller().signer(), RATING_OF_BUYER);
    stage
        .report()
        .check(
            "what each says of the other",
            List.of("client " + RATING_OF_SELLER, "payee " + RATING_OF_BUYER),
            deals
                .leg(terms, 0)
                .path("ratings")
                .valueStream()
                .map(each -> each.path("by").asString("") + " " + each.path("rating").asInt(-1))
                .sorted()
                .toList());
  }
}
