package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.ResourceInfo;
import org.earnest.payments.wire.X402Version;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a buyer believes of its channel. */
class ChannelCorrectionTest {
  private static final String MISMATCH = "invalid_batch_settlement_evm_cumulative_amount_mismatch";

  private final LocalSigner buyer = LocalSigner.random();
  private final ChannelTerms terms =
      Channels.terms(TokenAmount.of(Payments.USDC, 1_000), LocalSigner.random().address());
  private final Purse empty =
      Purse.empty(
          Channels.channel(terms, buyer.address()), terms.chain(), "https://seller.example");
  private final Purse known = empty.corrected(amount(10_000), amount(3_000));

  private static BigInteger amount(long atomicUnits) {
    return BigInteger.valueOf(atomicUnits);
  }

  private Optional<Purse> corrected(Purse purse, long balance, long signed) {
    ObjectNode extra = JsonNodeFactory.instance.objectNode();
    extra
        .putObject("channelState")
        .put("balance", String.valueOf(balance))
        .put("chargedCumulativeAmount", String.valueOf(signed));
    extra
        .putObject("voucherState")
        .put("signedMaxClaimable", String.valueOf(signed))
        .put("signature", Channels.voucher(terms, buyer, signed).signature());
    PaymentRequired required =
        new PaymentRequired(
            Optional.of(MISMATCH),
            ResourceInfo.of("https://seller.example/quote", "a quote", "text/plain"),
            List.of(terms.toWire().saying(extra)),
            JsonNodeFactory.instance.objectNode(),
            JsonNodeFactory.instance.objectNode());
    ChannelTurn turn =
        new ChannelTurn(
            purse, purse.cursor().add(amount(1_000)), BigInteger.ZERO, BigInteger.ZERO, 0);
    return new ChannelSigner(buyer).corrected(turn, terms, required);
  }

  @Test
  void aNewerSignatureOfItsOwnIsBelieved() {
    assertThat(corrected(known, 10_000, 5_000).orElseThrow().cursor()).isEqualTo(amount(5_000));
    assertThat(corrected(empty, 10_000, 500).orElseThrow().balance()).isEqualTo(amount(10_000));
  }

  @Test
  void whatIsKnownAlreadyProvesNothing() {
    assertThat(corrected(known, 10_000, 3_000)).isEmpty();
    assertThat(corrected(known, 10_000, 4_000)).isEmpty();
  }

  @Test
  void aSellerThatStandsLowerIsGivenNoMoreThanTheRefusedVoucher() throws Exception {
    Purse lower = corrected(known, 10_000, 2_000).orElseThrow();

    try (PaymentJournal journal = PaymentJournal.inMemory()) {
      journal.corrected(known);
      journal.corrected(lower);
      ChannelTurn refused = journal.turn(known, amount(1_000), Duration.ZERO);
      journal.giveBack(refused);
      journal.over(refused);
      ChannelTurn turn = journal.turnFrom(refused, lower, amount(1_000), Duration.ZERO);

      assertThat(turn.max()).isEqualTo(amount(3_000));
      assertThat(journal.purses().getFirst().cursor()).isEqualTo(amount(3_000));
    }
  }

  @Test
  void nobodySignsWhatAnotherHasInFlight() throws Exception {
    Purse lower = corrected(known, 10_000, 2_000).orElseThrow();
    try (PaymentJournal journal = PaymentJournal.inMemory()) {
      journal.corrected(known);
      ChannelTurn first = journal.turn(known, amount(1_000), Duration.ZERO);
      ChannelTurn refused = journal.turn(known, amount(1_000), Duration.ZERO);
      journal.over(refused);

      ChannelTurn meanwhile = journal.turnFrom(refused, lower, amount(1_000), Duration.ZERO);
      journal.over(meanwhile);
      journal.over(first);
      ChannelTurn after = journal.turnFrom(refused, lower, amount(1_000), Duration.ZERO);

      assertThat(first.max()).isEqualTo(amount(4_000));
      assertThat(meanwhile.max()).as("never lower than another's").isEqualTo(amount(6_000));
      assertThat(after.max()).as("it ended unserved").isEqualTo(amount(3_000));
    }
  }

  @Test
  void noSellerTalksItsBalanceAway() {
    assertThat(corrected(known, 9_999, 5_000)).isEmpty();
  }

  @Test
  void whatWasSignedStaysSigned() {
    try (PaymentJournal journal = PaymentJournal.inMemory()) {
      journal.corrected(known);
      journal.corrected(empty.corrected(amount(20_000), amount(1_000)));

      assertThat(journal.purses().getFirst().cursor()).isEqualTo(amount(3_000));
    }
  }

  @Test
  void aDepositThatTheChainShowedIsNotAddedAgain() {
    Hash32 id = Payments.seed("deposit");
    SignedPayment deposit =
        new SignedPayment(
            X402Version.V2,
            Channels.request(terms, Channels.deposit(terms, buyer, 10_000, 1_000)).payment());
    Spending spending =
        new Spending(
            id,
            Payments.seed("purchase"),
            Payments.seed("route"),
            "https://seller.example",
            terms.price(),
            terms.payTo(),
            Payments.NOW,
            Payments.NOW.plusSeconds(60));
    try (PaymentJournal journal = PaymentJournal.inMemory()) {
      journal.signed(spending, deposit);
      journal.holds(journal.purses().getFirst(), amount(10_000));
      journal.settled(id, Payments.NOW, ReceiptStanding.ABSENT);

      assertThat(journal.purses().getFirst().balance()).isEqualTo(amount(10_000));
      assertThat(journal.purses().getFirst().pending()).isZero();
    }
  }

  @Test
  void aDepositThePolicyHasNoRoomForIsNotMade() {
    ChannelTurn turn = new ChannelTurn(known, amount(11_000), amount(1_000), amount(5_000), 0);

    assertThat(turn.deposit(amount(10_000), amount(12_999))).isEmpty();
    assertThat(turn.deposit(amount(10_000), amount(13_000))).contains(amount(1_000));
    assertThat(
            new ChannelTurn(empty, amount(1_000), amount(1_000), amount(0), 0)
                .deposit(amount(10_000), amount(9_999)))
        .isEmpty();
  }
}
