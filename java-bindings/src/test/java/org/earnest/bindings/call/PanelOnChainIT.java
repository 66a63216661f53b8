package org.earnest.bindings.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.bindings.call.Bazaar.WORK;
import static org.earnest.bindings.call.Bazaar.events;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.earnest.bindings.call.Bazaar.Opened;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.RandomTerms;
import org.earnest.bindings.eip712.Vote;
import org.earnest.bindings.event.DealEvent;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.bindings.event.PanelEvent;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.deal.LegState;
import org.junit.jupiter.api.Test;

/** A panel that rules, against the contract. */
final class PanelOnChainIT {
  private static final long SEED = 32;
  private static final byte[] BY_SENDER = new byte[0];
  private final LocalSigner one = LocalSigner.random();
  private final LocalSigner two = LocalSigner.random();

  @Test
  void membersVoteBySignatureAndAnybodyHasItApplied() {
    try (Bazaar bazaar = new Bazaar()) {
      EvmAddress panel = deploy(bazaar);
      PanelArbiterCalls votes = new PanelArbiterCalls(panel);
      Opened on = dispute(bazaar, panel);
      Vote endorses = new Vote(on.id(), 0, Vote.Stance.ENDORSE, 90, WORK);
      Vote challenges = new Vote(on.id(), 0, Vote.Stance.CHALLENGE, 10, WORK);
      assertThat(events(bazaar.send(bazaar.stranger, vote(bazaar, votes, panel, one, endorses))))
          .containsExactly(new PanelEvent.Voted(one.address(), endorses));
      bazaar.send(bazaar.stranger, vote(bazaar, votes, panel, two, challenges));

      var decided = events(bazaar.send(bazaar.stranger, votes.decide(on.id(), on.terms(), 0)));
      assertThat(decided)
          .contains(
              new PanelEvent.Decided(
                  on.id(),
                  0,
                  Vote.Stance.ENDORSE,
                  BigInteger.valueOf(5),
                  BigInteger.valueOf(3 * 90),
                  BigInteger.valueOf(2 * 10),
                  BigInteger.ZERO));
      assertThat(decided)
          .filteredOn(DealEvent.Closed.class::isInstance)
          .singleElement()
          .extracting(closed -> ((DealEvent.Closed) closed).outcome())
          .isEqualTo(LegState.RULED);
      assertThat(bazaar.credit(panel)).isPositive();
      bazaar.send(bazaar.stranger, votes.collect(bazaar.sandbox.token));
      assertThat(bazaar.credit(panel)).isZero();
    }
  }

  @Test
  void whatTheyLeaveOpenIsTheHumansAfterTheVotingTime() {
    try (Bazaar bazaar = new Bazaar()) {
      EvmAddress panel = deploy(bazaar);
      PanelArbiterCalls votes = new PanelArbiterCalls(panel);
      Opened on = dispute(bazaar, panel);
      PanelTerms.Shares half = new PanelTerms.Shares(5_000, 10_000);
      assertThat(bazaar.refusal(votes.decide(on.id(), on.terms(), 0))).startsWith("Undecided(");
      bazaar.warp(1_001);
      assertThat(
              events(
                  bazaar.send(bazaar.arbiter, votes.escalate(on.id(), on.terms(), 0, half, WORK))))
          .contains(new PanelEvent.Escalated(on.id(), 0, 5_000, 10_000, WORK));
    }
  }

  @Test
  void whatAPanelIsMadeOfIsInItsFirstLog() {
    try (Bazaar bazaar = new Bazaar()) {
      EvmAddress panel = deploy(bazaar);
      long newest = bazaar.sandbox.chain.block(BlockTag.Named.LATEST).orElseThrow().ref().number();
      List<ChainLog> logs =
          bazaar.sandbox.chain.logs(new LogQuery(0, newest, Set.of(panel), List.of()));
      assertThat(logs).hasSize(1);
      assertThat(EventDecoder.decode(logs.getFirst()))
          .isEqualTo(
              new Decoding.Decoded(
                  new PanelEvent.Formed(
                      bazaar.sandbox.escrow, terms(bazaar.arbiter, bazaar.stranger))));
    }
  }

  @Test
  void whatAMemberSignsIsWhatThePanelAsksFor() {
    try (Bazaar bazaar = new Bazaar()) {
      EvmAddress panel = deploy(bazaar);
      PanelArbiterCalls votes = new PanelArbiterCalls(panel);
      Opened on = dispute(bazaar, panel);
      RandomTerms random = new RandomTerms(SEED);
      for (int confidence = 0; confidence <= 100; confidence += 5) {
        Vote vote = new Vote(on.id(), 0, Vote.Stance.CHALLENGE, confidence, random.hash());
        assertThat(bazaar.refusal(votes.vote(one.address(), vote, two.sign(WORK))))
            .isEqualTo(
                "InvalidSignature(%s, %s)"
                    .formatted(one.address(), vote.digest(bazaar.sandbox.chain.chainId(), panel)));
      }
    }
  }

  private EvmAddress deploy(Bazaar bazaar) {
    return bazaar.sandbox.deploy(
        CreationCode.panelArbiter(bazaar.sandbox.escrow, terms(bazaar.arbiter, bazaar.stranger)));
  }

  private PanelTerms terms(LocalSigner human, LocalSigner receiver) {
    return new PanelTerms(
        List.of(new PanelTerms.Member(one.address(), 3), new PanelTerms.Member(two.address(), 2)),
        6_000,
        2_000,
        1_000,
        new PanelTerms.Shares(10_000, 10_000),
        new PanelTerms.Shares(0, 10_000),
        human.address(),
        receiver.address());
  }

  private static Opened dispute(Bazaar bazaar, EvmAddress panel) {
    Opened on = bazaar.open(panel);
    bazaar.send(bazaar.seller, bazaar.deals.deliver(on.terms(), 0, WORK, "", BY_SENDER));
    assertThat(
            bazaar
                .send(bazaar.buyer, bazaar.deals.dispute(on.terms(), 0, true, WORK, "", BY_SENDER))
                .succeeded())
        .isTrue();
    return on;
  }

  private static ChainCall vote(
      Bazaar bazaar, PanelArbiterCalls votes, EvmAddress panel, LocalSigner member, Vote vote) {
    return votes.vote(member.address(), vote, bazaar.by(member).signatures().vote(vote, panel));
  }
}
