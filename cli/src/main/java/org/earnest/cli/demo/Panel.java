package org.earnest.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.call.PanelArbiterCalls;
import org.earnest.bindings.call.PanelTerms;
import org.earnest.bindings.call.PanelTerms.Member;
import org.earnest.bindings.call.PanelTerms.Shares;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.DealSigner;
import org.earnest.bindings.eip712.Vote;
import org.earnest.bindings.event.PanelEvent;
import org.earnest.core.chain.BasisPoints;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.DealTermsBuilder;
import org.earnest.devnet.Create2;
import org.earnest.devnet.DevAccount.Role;

/** An arbiter of three members; a stranger sends what they sign. */
final class Panel {
  /** What the payee gets of the price if the panel challenges its case, in basis points. */
  static final int CHALLENGED_BPS = 4_000;

  /** What it takes of the price for a ruling, in basis points. */
  static final int FEE_BPS = 400;

  /** Within which its members vote; after it, its human rules. */
  static final Duration VOTING_TIME = Duration.ofHours(6);

  private static final Duration RULING_TIME = Duration.ofDays(1);
  private static final int DEADLOCK_BPS = 5_000;
  private static final int QUORUM_BPS = 6_000;
  private static final int MARGIN_BPS = 2_500;
  private static final List<LocalSigner> MEMBERS =
      Stream.of("first member", "second member", "third member").map(DemoKeys::of).toList();

  private final Stage stage;
  private final Deals deals;
  private final Create2 creation;

  Panel(Stage stage, Identities who) {
    this.stage = stage;
    this.deals = new Deals(stage, who);
    this.creation =
        new Create2(CreationCode.panelArbiter(stage.host().contracts().dealEscrow(), terms(stage)));
  }

  /** The panel's verbs. */
  PanelArbiterCalls calls() {
    return new PanelArbiterCalls(creation.address());
  }

  /** Names it as the arbiter of a deal. */
  DealTermsBuilder judging(DealTermsBuilder head) {
    return head.judgedBy(creation.address(), RULING_TIME, DEADLOCK_BPS).arbiterFee(FEE_BPS);
  }

  void form() {
    new Transactions(stage).send("form the panel", creation.request("PanelArbiter"), stranger());
  }

  /** Has the members vote on a deal's only leg, each by its ballot. */
  void vote(DealId deal, List<Ballot> ballots) {
    for (int member = 0; member < ballots.size(); member++) {
      vote(deal, member, ballots.get(member));
    }
  }

  /** Has the verdict applied, and holds the count against the votes that were cast. */
  void decide(DealTerms terms, List<Ballot> ballots) {
    DealId deal = deals.id(terms);
    TransactionReceipt receipt = send("decide", deal, calls().decide(deal, terms, 0));
    PanelEvent.Decided decided = Transactions.event(receipt, PanelEvent.Decided.class);
    stage
        .report()
        .check(
            "the panel counts as its members voted",
            "CHALLENGE by %d to %d"
                .formatted(
                    Ballot.sum(ballots, Vote.Stance.CHALLENGE),
                    Ballot.sum(ballots, Vote.Stance.ENDORSE)),
            "%s by %s to %s"
                .formatted(decided.verdict(), decided.challenging(), decided.endorsing()));
  }

  /** Has a ruling made and the panel's fee collected, and notes who must have got what. */
  void close(DealTerms terms, Payout payout, Runnable ruling) {
    stage.moving(
        () -> {
          ruling.run();
          stage.books().move("escrow", "seller", payout.toPayee());
          stage.books().move("escrow", "buyer", payout.toClient());
          send("collect", deals.id(terms), calls().collect(terms.head().token()));
          stage.books().move("escrow", "arbiter", payout.arbiterFee());
        });
  }

  private void vote(DealId deal, int member, Ballot ballot) {
    LocalSigner signer = MEMBERS.get(member);
    Vote vote =
        new Vote(
            deal,
            0,
            ballot.stance(),
            ballot.confidence(),
            Keccak256.hash("why member " + member + " says so"));
    byte[] signature =
        new DealSigner(
                stage.host().chain().chainId(), stage.host().contracts().dealEscrow(), signer)
            .vote(vote, creation.address());
    send("vote", deal, calls().vote(signer.address(), vote, signature));
    stage.report().say("member " + (member + 1), ballot);
  }

  private TransactionReceipt send(String what, DealId deal, ChainCall call) {
    return new Transactions(stage)
        .send(
            what,
            "demo:" + what + ":" + deal + ":" + Keccak256.hash(call.data()),
            stranger(),
            call);
  }

  private EvmSigner stranger() {
    return stage.signer(Role.STRANGER);
  }

  private static PanelTerms terms(Stage stage) {
    EvmAddress human = stage.host().chain().account(Role.ARBITER).address();
    return new PanelTerms(
        MEMBERS.stream().map(member -> new Member(member.address(), 1)).toList(),
        QUORUM_BPS,
        MARGIN_BPS,
        VOTING_TIME.toSeconds(),
        new Shares(BasisPoints.WHOLE, BasisPoints.WHOLE),
        new Shares(CHALLENGED_BPS, BasisPoints.WHOLE),
        human,
        human);
  }
}
