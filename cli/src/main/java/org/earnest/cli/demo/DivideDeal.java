package org.earnest.cli.demo;

import java.math.BigInteger;
import java.time.Duration;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegState;

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
    deals.fund(terms);
    long until = stage.host().clock().instant().plus(TO_ANSWER).getEpochSecond();
    Payout payout = Payout.divided(terms.total(), DONE);
    stage.moving(
        () -> {
          verbs.settle(terms, new Division(DONE, BigInteger.ZERO, until));
          stage.books().move("escrow", "seller", DONE);
          stage.books().move("escrow", "buyer", payout.toClient());
        });
    deals.checkState(terms, 0, LegState.SETTLED);
    deals.checkPaid(terms, 0, payout);
    stage.books().prove(stage.report());
    return new Ending(
        terms, Ending.Mark.of(LegState.SETTLED, DONE), Ending.Mark.of(LegState.SETTLED, DONE));
  }
}
