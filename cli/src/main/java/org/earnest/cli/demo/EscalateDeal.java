package org.earnest.cli.demo;

import java.util.List;
import org.earnest.bindings.call.PanelTerms.Shares;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.Vote.Stance;
import org.earnest.bindings.event.PanelEvent;
import org.earnest.cli.report.RunReport;
import org.earnest.core.chain.BasisPoints;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.earnest.devnet.DevAccount.Role;

/**
 * A deal about whose delivery the buyer says nothing, which calls the panel by the terms; and the
 * panel does not agree, so that its human rules.
 */
final class EscalateDeal {
  private static final Shares RULING = new Shares(7_000, BasisPoints.WHOLE);

  /** 70 to 65, where a lead of 75 is wanted. */
  private static final List<Ballot> BALLOTS =
      List.of(
          new Ballot(Stance.CHALLENGE, 70),
          new Ballot(Stance.ENDORSE, 65),
          new Ballot(Stance.ABSTAIN, 0));

  private final Stage stage;
  private final Identities who;
  private final Deals deals;
  private final LegVerbs verbs;
  private final LocalSigner human;

  EscalateDeal(Stage stage, Identities who) {
    this.stage = stage;
    this.who = who;
    this.deals = new Deals(stage, who);
    this.verbs = new LegVerbs(stage, who);
    this.human = stage.signer(Role.ARBITER);
  }

  /** The panel was formed for a deal before. */
  Ending run(Panel panel, QuotedTerms quoted, Quote quote) {
    DealTerms terms =
        quoted.of(quote, panel::judging, leg -> leg.reviewElseArbiter(QuotedTerms.REVIEW));
    deals.fund(terms);
    verbs.deliver(terms, who.seller().signer(), "The manual, in English, without its index.");
    saySilence(terms);
    disagree(panel, terms);
    Payout payout = Payout.ruled(terms.total(), Panel.FEE_BPS, RULING.payeeBps());
    panel.close(terms, payout, () -> escalate(panel, terms));
    deals.checkState(terms, 0, LegState.RULED);
    deals.checkPaid(terms, 0, payout);
    stage.books().prove(stage.report());
    return new Ending(
        terms,
        Ending.Mark.of(LegState.RULED, payout.toPayee()),
        Ending.Mark.of(LegState.RULED, payout.toPayee()).lostIt());
  }

  private void saySilence(DealTerms terms) {
    Leg leg = terms.legs().getFirst();
    verbs.lapseAfter(
        deals.status(terms, 0).timestamp() + leg.review(), terms, "the buyer says nothing");
    deals.checkState(terms, 0, LegState.DISPUTED);
    stage
        .report()
        .check("called by", "nobody", deals.leg(terms, 0).at("/dispute/by").asString("nobody"));
  }

  private void disagree(Panel panel, DealTerms terms) {
    RunReport report = stage.report();
    panel.vote(deals.id(terms), BALLOTS);
    report.say(
        "the panel",
        "is at %d to %d, and does not decide without a greater lead"
            .formatted(Ballot.sum(BALLOTS, Stance.CHALLENGE), Ballot.sum(BALLOTS, Stance.ENDORSE)));
    Transactions transactions = new Transactions(stage);
    report.check(
        "a verdict would be refused as",
        "Undecided",
        transactions.refusal(
            stage.signer(Role.STRANGER).address(),
            panel.calls().decide(deals.id(terms), terms, 0)));
    report.check(
        "and the human, while the panel has time, as",
        "VotingOpen",
        transactions.refusal(human.address(), escalation(panel, terms)));
    stage.passTime(
        deals.status(terms, 0).timestamp() + Panel.VOTING_TIME.toSeconds(),
        "the panel leaves it open");
    report.check(
        "anybody else would be refused as",
        "CallerIsNotParty",
        transactions.refusal(stage.signer(Role.STRANGER).address(), escalation(panel, terms)));
  }

  private void escalate(Panel panel, DealTerms terms) {
    TransactionReceipt receipt =
        new Transactions(stage)
            .send("escalate", "demo:escalate:" + deals.id(terms), human, escalation(panel, terms));
    PanelEvent.Escalated ruled = Transactions.event(receipt, PanelEvent.Escalated.class);
    RunReport report = stage.report();
    report.check(
        "the human gives the seller",
        text(RULING),
        text(new Shares(ruled.payeeBps(), ruled.bondBps())));
    report.check(
        "its reason is on record",
        reason().hash(),
        deals.leg(terms, 0).at("/closing/reason").asString(""));
  }

  private static String text(Shares shares) {
    return "%d of 10000 parts of the price, %d of its bond"
        .formatted(shares.payeeBps(), shares.bondBps());
  }

  private ChainCall escalation(Panel panel, DealTerms terms) {
    return panel.calls().escalate(deals.id(terms), terms, 0, RULING, reason().hash());
  }

  private Work reason() {
    return Work.publish(stage, "An index is a third of a manual's use.");
  }
}
