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
import org.earnest.devnet.Create2;
import org.earnest.devnet.DevAccount.Role;

/** An arbiter of three members; a stranger sends what they sign. */
final class Panel {
  /** What the payee gets of the price if the panel challenges its case, in basis points. */
  static final int CHALLENGED_BPS = 4_000;

  private static final int QUORUM_BPS = 6_000;
  private static final int MARGIN_BPS = 2_500;
  private static final Duration VOTING_TIME = Duration.ofHours(6);
  private static final List<LocalSigner> MEMBERS =
      Stream.of("first", "second", "third").map(Panel::member).toList();
  private static final int FIRST_AGAINST = 90;
  private static final int SECOND_AGAINST = 80;
  private static final int THIRD_FOR = 60;

  private final Stage stage;
  private final Create2 creation;

  Panel(Stage stage) {
    this.stage = stage;
    this.creation =
        new Create2(CreationCode.panelArbiter(stage.host().contracts().dealEscrow(), terms(stage)));
  }

  EvmAddress address() {
    return creation.address();
  }

  void form() {
    new Transactions(stage).send("form the panel", creation.request("PanelArbiter"), stranger());
  }

  /** Two against the payee's case and one for it: challenged by 170 to 60, where 75 are enough. */
  void vote(DealId deal) {
    vote(deal, 0, Vote.Stance.CHALLENGE, FIRST_AGAINST);
    vote(deal, 1, Vote.Stance.CHALLENGE, SECOND_AGAINST);
    vote(deal, 2, Vote.Stance.ENDORSE, THIRD_FOR);
  }

  /** Has the verdict applied, and holds the count against the votes that were cast. */
  void decide(DealId deal, DealTerms terms) {
    TransactionReceipt receipt =
        send("decide", deal, new PanelArbiterCalls(address()).decide(deal, terms, 0));
    PanelEvent.Decided decided = Transactions.event(receipt, PanelEvent.Decided.class);
    stage
        .report()
        .check(
            "the panel counts as its members voted",
            "CHALLENGE by %d to %d".formatted(FIRST_AGAINST + SECOND_AGAINST, THIRD_FOR),
            "%s by %s to %s"
                .formatted(decided.verdict(), decided.challenging(), decided.endorsing()));
  }

  void collect(DealId deal, EvmAddress token) {
    send("collect", deal, new PanelArbiterCalls(address()).collect(token));
  }

  private void vote(DealId deal, int member, Vote.Stance stance, int confidence) {
    LocalSigner signer = MEMBERS.get(member);
    Vote vote =
        new Vote(deal, 0, stance, confidence, Keccak256.hash("why member " + member + " says so"));
    byte[] signature =
        new DealSigner(
                stage.host().chain().chainId(), stage.host().contracts().dealEscrow(), signer)
            .vote(vote, address());
    send("vote", deal, new PanelArbiterCalls(address()).vote(signer.address(), vote, signature));
    stage.report().say("member " + (member + 1), stance + " with " + confidence + " %");
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
    return stage.host().chain().account(Role.STRANGER).signer();
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

  private static LocalSigner member(String name) {
    return LocalSigner.of(Keccak256.hash("earnest demo: the " + name + " member").bytes());
  }
}
