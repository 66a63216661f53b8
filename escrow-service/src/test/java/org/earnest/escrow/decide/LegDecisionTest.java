package org.earnest.escrow.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.LegStatus;
import org.junit.jupiter.api.Test;

class LegDecisionTest {
  private static final long NOW = 1_800_000_000L;
  private static final EvmAddress TOKEN = new EvmAddress("0x" + "70".repeat(20));
  private static final Hash32 WORK = new Hash32("0x" + "d0".repeat(32));

  private final LocalSigner client = LocalSigner.random();
  private final LocalSigner payee = LocalSigner.random();
  private final DealTerms terms =
      new SampleTerms(client.address(), payee.address(), TOKEN, NOW).build();
  private final EscrowBounds bounds =
      new EscrowBounds(
          Caip2ChainId.eip155(31337), new EvmAddress("0x" + "e5".repeat(20)), List.of());
  private final DealId deal = bounds.typedData().dealId(terms);
  private final long deadline = terms.legs().getFirst().due() + terms.legs().getFirst().grace();
  private final long reviewed = NOW + terms.legs().getFirst().review();

  @Test
  void deliversAnActiveLegUntilDueAndGraceAreOver() {
    assertThat(decide(delivery(payee), LegState.ACTIVE, deadline))
        .isEqualTo(new LegDecision.Relay());
    assertThat(code(delivery(payee), LegState.ACTIVE, deadline + 1)).contains("deadline_passed");
    assertThat(code(delivery(client), LegState.ACTIVE, NOW)).contains("invalid_signature");
    for (LegState state : EnumSet.complementOf(EnumSet.of(LegState.ACTIVE))) {
      assertThat(code(delivery(payee), state, NOW)).as("%s", state).contains("wrong_state");
    }
  }

  @Test
  void knowsADeliveryThatWasMadeBefore() {
    LegFacts delivered = facts(LegState.ACCEPTED, NOW, history(Optional.of(WORK), 255), Set.of());
    assertThat(LegDecision.of(delivery(payee), delivered, bounds))
        .isEqualTo(new LegDecision.AlreadyDone());
  }

  @Test
  void acceptsADeliveredLeg() {
    assertThat(decide(acceptance(client, 90), LegState.DELIVERED, NOW))
        .isEqualTo(new LegDecision.Relay());
    assertThat(code(acceptance(payee, 90), LegState.DELIVERED, NOW)).contains("invalid_signature");
    assertThat(code(acceptance(client, 101), LegState.DELIVERED, NOW))
        .contains("rating_out_of_range");
    for (LegState state : EnumSet.complementOf(EnumSet.of(LegState.DELIVERED))) {
      assertThat(code(acceptance(client, 90), state, NOW)).as("%s", state).contains("wrong_state");
    }
  }

  @Test
  void preparesAnAcceptanceOnlyOfWhatIsThere() {
    for (LegState early : List.of(LegState.OFFERED, LegState.ACTIVE)) {
      assertThat(LegDecision.refusalToPrepareAcceptance(early, 90).map(Refusal::code))
          .contains("wrong_state");
    }
    assertThat(LegDecision.refusalToPrepareAcceptance(LegState.DELIVERED, 90)).isEmpty();
    assertThat(LegDecision.refusalToPrepareAcceptance(LegState.DELIVERED, 255)).isEmpty();
    for (int rating : new int[] {-1, 101, 254, 256}) {
      assertThat(
              LegDecision.refusalToPrepareAcceptance(LegState.DELIVERED, rating).map(Refusal::code))
          .contains("rating_out_of_range");
    }
  }

  @Test
  void knowsAnAcceptanceOnlyByItsOwnRating() {
    LegFacts accepted = facts(LegState.ACCEPTED, NOW, history(Optional.of(WORK), 90), Set.of());
    assertThat(LegDecision.of(acceptance(client, 90), accepted, bounds))
        .isEqualTo(new LegDecision.AlreadyDone());
    assertThat(LegDecision.of(acceptance(client, 10), accepted, bounds))
        .isInstanceOf(LegDecision.Refused.class);
  }

  @Test
  void lapsesWhenTimeHasDecidedAndNoInstantBefore() {
    assertThat(code(new LegVerb.Lapse(), LegState.ACTIVE, deadline)).contains("not_lapsed");
    assertThat(decide(new LegVerb.Lapse(), LegState.ACTIVE, deadline + 1))
        .isEqualTo(new LegDecision.Relay());
    assertThat(code(new LegVerb.Lapse(), LegState.DELIVERED, reviewed)).contains("not_lapsed");
    assertThat(decide(new LegVerb.Lapse(), LegState.DELIVERED, reviewed + 1))
        .isEqualTo(new LegDecision.Relay());
    assertThat(decide(new LegVerb.Lapse(), LegState.MISSED, NOW))
        .isEqualTo(new LegDecision.AlreadyDone());
    assertThat(code(new LegVerb.Lapse(), LegState.ACCEPTED, NOW)).contains("wrong_state");
  }

  @Test
  void settlesByWhatWasSignedOfTheStateThatTheLegIsIn() {
    for (LegState signed : List.of(LegState.ACTIVE, LegState.DELIVERED, LegState.DISPUTED)) {
      for (LegState now : List.of(LegState.ACTIVE, LegState.DELIVERED, LegState.DISPUTED)) {
        assertThat(code(settlement(signed), now, NOW))
            .isEqualTo(signed == now ? Optional.empty() : Optional.of("invalid_signature"));
      }
    }
  }

  @Test
  void tellsOfASettlementThatWasSignedInAnotherStateWhatToDoNext() {
    LegDecision stale = decide(settlement(LegState.ACTIVE), LegState.DELIVERED, NOW);
    assertThat(((LegDecision.Refused) stale).refusal().detail())
        .contains("the leg is DELIVERED now", "prepare it again", "sign it anew");
  }

  @Test
  void settlesNothingThatIsNotLive() {
    for (LegState state :
        EnumSet.complementOf(
            EnumSet.of(LegState.ACTIVE, LegState.DELIVERED, LegState.DISPUTED, LegState.SETTLED))) {
      assertThat(LegDecision.refusalToSettle(state).map(Refusal::code))
          .as("%s", state)
          .contains("wrong_state");
      assertThat(code(settlement(LegState.ACTIVE), state, NOW))
          .as("%s", state)
          .contains("wrong_state");
    }
    assertThat(LegDecision.refusalToSettle(LegState.SETTLED).map(Refusal::code))
        .contains("wrong_state");
    for (LegState live : List.of(LegState.ACTIVE, LegState.DELIVERED, LegState.DISPUTED)) {
      assertThat(LegDecision.refusalToSettle(live)).as("%s", live).isEmpty();
    }
  }

  @Test
  void knowsASettlementByTheStateThatTheLegWasSettledIn() {
    Map<LegState, LegFacts.History> before =
        Map.of(
            LegState.ACTIVE, settled(Optional.empty(), Optional.empty()),
            LegState.DELIVERED, settled(Optional.of(WORK), Optional.empty()),
            LegState.DISPUTED, settled(Optional.of(WORK), Optional.of(complaint())));
    before.forEach(
        (in, history) -> {
          LegFacts settled = facts(LegState.SETTLED, NOW, history, Set.of());
          for (LegState signed : before.keySet()) {
            LegDecision again = LegDecision.of(settlement(signed), settled, bounds);
            if (signed == in) {
              assertThat(again).as("%s", in).isEqualTo(new LegDecision.AlreadyDone());
            } else {
              assertThat(((LegDecision.Refused) again).refusal().detail())
                  .as("%s in %s", signed, in)
                  .contains("settled when it was " + in);
            }
          }
        });
    LegFacts undelivered =
        facts(LegState.SETTLED, NOW, settled(Optional.empty(), Optional.of(complaint())), Set.of());
    assertThat(LegDecision.of(settlement(LegState.DISPUTED), undelivered, bounds))
        .isEqualTo(new LegDecision.AlreadyDone());
  }

  @Test
  void leavesAContractWalletsSignatureToTheChain() {
    LegFacts facts = facts(LegState.ACTIVE, NOW, LegFacts.History.NONE, Set.of(payee.address()));
    assertThat(LegDecision.of(delivery(client), facts, bounds)).isEqualTo(new LegDecision.Relay());
  }

  private LegVerb delivery(LocalSigner by) {
    byte[] signature = by.sign(bounds.typedData().deliver(deal, 0, WORK, payee.address()));
    return new LegVerb.Deliver(WORK, "ipfs://w", new Signature(Hex.encode(signature)));
  }

  private LegVerb settlement(LegState in) {
    Division division = new Division(BigInteger.ONE, BigInteger.ZERO, NOW);
    Hash32 digest = bounds.typedData().settle(deal, 0, in, payee.address(), division);
    return new LegVerb.Settle(
        division,
        new Signature(Hex.encode(client.sign(digest))),
        new Signature(Hex.encode(payee.sign(digest))));
  }

  private LegVerb acceptance(LocalSigner by, int rating) {
    byte[] signature = by.sign(bounds.typedData().accept(deal, 0, rating));
    return new LegVerb.Accept(rating, new Signature(Hex.encode(signature)));
  }

  private Optional<String> code(LegVerb verb, LegState state, long now) {
    return decide(verb, state, now) instanceof LegDecision.Refused(Refusal refusal)
        ? Optional.of(refusal.code())
        : Optional.empty();
  }

  private LegDecision decide(LegVerb verb, LegState state, long now) {
    return LegDecision.of(verb, facts(state, now, LegFacts.History.NONE, Set.of()), bounds);
  }

  private LegFacts.History history(Optional<Hash32> deliverable, int rating) {
    return new LegFacts.History(
        deliverable,
        Optional.empty(),
        Optional.of(closed(LegState.ACCEPTED, rating, BigInteger.TEN)),
        Optional.empty(),
        Optional.empty());
  }

  /** Of a leg that {@link #settlement} has ended. */
  private LegFacts.History settled(
      Optional<Hash32> deliverable, Optional<DealEvent.Disputed> disputed) {
    return new LegFacts.History(
        deliverable,
        disputed,
        Optional.of(closed(LegState.SETTLED, 255, BigInteger.ONE)),
        Optional.empty(),
        Optional.empty());
  }

  private DealEvent.Disputed complaint() {
    return new DealEvent.Disputed(deal, 0, client.address(), NOW, WORK, "");
  }

  private DealEvent.Closed closed(LegState outcome, int rating, BigInteger toPayee) {
    return new DealEvent.Closed(
        deal,
        BigInteger.ZERO,
        0,
        outcome,
        rating,
        0,
        toPayee,
        BigInteger.ZERO,
        BigInteger.ZERO,
        BigInteger.ZERO,
        BigInteger.ZERO,
        BigInteger.ZERO,
        EvmAddress.ZERO,
        Hash32.ZERO);
  }

  private LegFacts facts(
      LegState state, long now, LegFacts.History history, Set<EvmAddress> wallets) {
    return new LegFacts(
        deal,
        terms,
        0,
        new LegStatus(state, false, false, false, false, NOW, 0),
        history,
        wallets,
        now);
  }
}
