package org.earnest.bench.gas;

import static org.earnest.bench.gas.GasStage.ARBITER;
import static org.earnest.bench.gas.GasStage.CLIENT;
import static org.earnest.bench.gas.GasStage.PAYEE;
import static org.earnest.bench.gas.GasStage.PLATFORM;
import static org.earnest.bench.gas.GasStage.STRANGER;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.call.PanelArbiterCalls;
import org.earnest.bindings.call.PanelTerms;
import org.earnest.bindings.call.PanelTerms.Member;
import org.earnest.bindings.call.PanelTerms.Shares;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.Vote;
import org.earnest.core.chain.BasisPoints;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;

/** What a panel of three takes: two votes by signature, which decide, and the ruling. */
final class GasPanel {
  private static final LocalSigner FIRST = GasStage.named("first member");
  private static final LocalSigner SECOND = GasStage.named("second member");
  private static final LocalSigner THIRD = GasStage.named("third member");
  private static final int FULL = 100;
  private static final int MARGIN_BPS = 5_000;

  private final GasStage stage;
  private final GasDeals deals;

  GasPanel(GasStage stage, GasDeals deals) {
    this.stage = stage;
    this.deals = deals;
  }

  void play(Map<String, Spent> gas) {
    EvmAddress panel = stage.deploy(CreationCode.panelArbiter(stage.escrow, members()));
    PanelArbiterCalls calls = new PanelArbiterCalls(panel);
    BigInteger agent = stage.register(PAYEE);
    // The first case leaves the first record there is; the second is steady.
    judge(gas, panel, calls, agent);
    judge(gas, panel, calls, agent);
  }

  private void judge(
      Map<String, Spent> gas, EvmAddress panel, PanelArbiterCalls calls, BigInteger agent) {
    DealTerms terms =
        deals.terms(head -> GasDeals.arbitrated(head, panel), leg -> leg.rated(agent, 0));
    deals.open(terms);
    deals.dust(CLIENT);
    deals.deliver(terms, 0, PAYEE, "");
    deals.dispute(terms);
    DealId deal = stage.by(CLIENT).signatures().dealId(terms);
    gas.put("vote, first", stage.send(STRANGER, vote(calls, panel, deal, FIRST)));
    gas.put("vote", stage.send(STRANGER, vote(calls, panel, deal, SECOND)));
    gas.put("decide", stage.send(STRANGER, calls.decide(deal, terms, 0)));
    gas.put("collect", stage.send(STRANGER, calls.collect(deals.asset())));
  }

  private ChainCall vote(
      PanelArbiterCalls calls, EvmAddress panel, DealId deal, LocalSigner member) {
    Vote vote = new Vote(deal, 0, Vote.Stance.ENDORSE, FULL, GasDeals.EVIDENCE);
    return calls.vote(member.address(), vote, stage.by(member).signatures().vote(vote, panel));
  }

  private static PanelTerms members() {
    return new PanelTerms(
        List.of(
            new Member(FIRST.address(), 1),
            new Member(SECOND.address(), 1),
            new Member(THIRD.address(), 1)),
        MARGIN_BPS,
        MARGIN_BPS,
        Duration.ofDays(1).toSeconds(),
        new Shares(BasisPoints.WHOLE, BasisPoints.WHOLE),
        new Shares(0, BasisPoints.WHOLE),
        ARBITER.address(),
        PLATFORM.address());
  }
}
