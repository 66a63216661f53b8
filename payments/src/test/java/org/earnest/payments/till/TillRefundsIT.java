package org.earnest.payments.till;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.ChannelRefund;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ChannelPayment;
import org.earnest.payments.channel.ChannelReason;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.facilitator.FacilitatorPolicy;
import org.earnest.payments.facilitator.FacilitatorUnavailableException;
import org.earnest.payments.store.PostgresChannelLedger;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.HookedFacilitator;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.SettleResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refunds that are refused, asked for at once, or outrun by others. */
class TillRefundsIT extends OnChain {
  private static final LocalSigner AUTHORIZER = LocalSigner.random();
  private static final long MONEY = 10 * PRICE;
  private static final long GWEI = 1_000_000_000;
  private static final Optional<BigInteger> SOME = Optional.of(BigInteger.valueOf(5 * PRICE));

  private static final Optional<BigInteger> REST = Optional.empty();

  private final Queue<ChannelPayload.SignedRefund> shown = new ConcurrentLinkedQueue<>();
  private ChannelLedger ledger;
  private HookedFacilitator facilitator;
  private ChannelTill till;
  private ChannelTerms terms;

  @BeforeAll
  static void install() {
    Channels.install(world);
  }

  @BeforeEach
  void deposit() {
    ledger = new PostgresChannelLedger(world.database);
    facilitator = new HookedFacilitator(world.facilitator(FacilitatorPolicy.ofAssets(world.usdc)));
    till = new ChannelTill(facilitator, ledger, AUTHORIZER, InstantSource.system());
    terms = Channels.terms(world, PRICE, AUTHORIZER.address());
    given(Channels.deposit(terms, buyer.signer(), MONEY, PRICE));
  }

  private SettleResponse settle(ChannelPayload payload) {
    return till.settle(Channels.request(terms, payload));
  }

  private SettleResponse given(ChannelPayload payload) {
    SettleResponse response = settle(payload);
    assertThat(response.success()).as(response.toString()).isTrue();
    return response;
  }

  private SettleResponse refused(ChannelPayload payload) {
    SettleResponse response = settle(payload);
    assertThat(response.success()).as(response.toString()).isFalse();
    return response;
  }

  private ChannelPayload.Refund refund(Optional<BigInteger> amount) {
    return new ChannelPayload.Refund(
        Channels.channel(terms, buyer.address()),
        Channels.voucher(terms, buyer.signer(), PRICE),
        amount);
  }

  /** What costs more than is left beside {@link #SOME} is not sold. */
  private void assertWithheld() {
    assertThat(withheld()).isEqualTo(5 * PRICE);
    ChannelTerms dear = Channels.terms(world, 5 * PRICE, AUTHORIZER.address());
    ChannelPayload voucher = Channels.pay(dear, buyer.signer(), 6 * PRICE);
    assertThat(till.settle(Channels.request(dear, voucher)).success()).isFalse();
  }

  private Hash32 id() {
    return Channels.voucher(terms, buyer.signer(), PRICE).channelId();
  }

  private long withheld() {
    return ledger.find(id()).orElseThrow().withheld().longValueExact();
  }

  /** What the facilitator answers to refunds, one after the other; the last one for good. */
  private void answers(Answer... answers) {
    Queue<Answer> left = new ConcurrentLinkedQueue<>(List.of(answers));
    facilitator.settling =
        payload -> {
          if (!(payload instanceof ChannelPayload.SignedRefund refund)) {
            return Optional.empty();
          }
          shown.add(refund);
          Answer answer = left.size() > 1 ? left.remove() : left.element();
          return answer.to(refund);
        };
  }

  private interface Answer {
    /** Empty where the real facilitator is to answer. */
    Optional<SettleResponse> to(ChannelPayload.SignedRefund refund);
  }

  private static final Answer REAL = refund -> Optional.empty();
  private static final Answer REFUSED = refund -> Optional.of(failed("no", ""));
  private static final Answer PENDING =
      refund -> Optional.of(failed(SettleResponse.PENDING, "0x" + "12".repeat(Hash32.BYTES)));
  private static final Answer REVERTED =
      refund ->
          Optional.of(failed(ChannelReason.REFUND_FAILED.code(), "0x" + "34".repeat(Hash32.BYTES)));
  private static final Answer BUSY =
      refund -> Optional.of(failed(ChannelReason.CHANNEL_BUSY.code(), ""));
  private static final Answer AWAY =
      refund -> {
        throw new FacilitatorUnavailableException("away");
      };

  private static SettleResponse failed(String reason, String transaction) {
    return SettleResponse.failed(reason, "", Optional.empty(), transaction, "eip155:31337");
  }

  @Test
  void oneThatWasRefusedForItsGasIsNotGivenBesideAnother() {
    world.gasPrice(1_000 * GWEI);
    SettleResponse first = refused(refund(SOME));
    assertThat(first.errorMessage().orElseThrow()).startsWith("fee_cap_exceeded");
    world.gasPrice(GWEI);

    SettleResponse second = given(refund(Optional.of(BigInteger.valueOf(PRICE))));

    assertThat(second.amount()).contains(String.valueOf(PRICE));
    assertThat(spent()).isEqualTo(MONEY - PRICE);
    assertThat(withheld()).isZero();
  }

  @Test
  void oneThatAnotherStandsInTheWayOfStaysWithheld() {
    answers(BUSY, REAL);
    refused(refund(SOME));

    assertWithheld();
    given(refund(SOME));
    assertThat(spent()).isEqualTo(MONEY - 5 * PRICE);
  }

  @Test
  void oneThatIsAskedForAgainBeforeItsRefusalIsBookedStaysWithheld() {
    answers(REFUSED, PENDING);
    facilitator.verifying =
        payload -> {
          facilitator.verifying = looked -> Optional.empty();
          assertThat(refused(refund(SOME)).isPending()).isTrue();
          return Optional.empty();
        };

    refused(refund(SOME));

    assertThat(shown).hasSize(2);
    assertWithheld();
  }

  @Test
  void oneThatIsStillBeingAskedForStaysWithheld() {
    answers(
        refund -> {
          refused(refund(SOME));
          assertThat(withheld()).isEqualTo(5 * PRICE);
          return PENDING.to(refund);
        },
        REFUSED);

    refused(refund(SOME));

    assertThat(shown).hasSize(2);
    assertWithheld();
    refused(refund(SOME));
    assertThat(withheld()).as("everybody was told that it was refused").isZero();
  }

  @Test
  void oneThatGotNoAnswerStaysWithheldThoughItIsRefusedLater() {
    answers(AWAY, REFUSED, REAL);
    assertThatThrownBy(() -> settle(refund(SOME)))
        .isInstanceOf(FacilitatorUnavailableException.class);
    refused(refund(SOME));

    assertWithheld();
    given(refund(SOME));
  }

  @Test
  void oneThatIsNotWithheldAnyMoreIsNotKept() {
    Hash32 payment = key(refund(SOME));
    assertThat(ledger.withhold(id(), payment, SOME.orElseThrow())).isPresent();
    answers(REFUSED);
    refused(refund(SOME));
    ChannelPayload.SignedRefund signed = shown.element();

    assertThat(ledger.keep(payment, signed)).isEmpty();
    assertThat(ledger.refund(id(), payment)).isEmpty();

    BigInteger other = BigInteger.valueOf(PRICE);
    assertThat(ledger.withhold(id(), key(refund(Optional.of(other))), other)).isPresent();
    assertThat(ledger.keep(payment, signed)).as("another amount is withheld").isEmpty();
  }

  @Test
  void oneThatWasForgottenIsNotShown() {
    answers(AWAY, PENDING);
    assertThatThrownBy(() -> settle(refund(SOME)))
        .isInstanceOf(FacilitatorUnavailableException.class);
    ChannelPayload.SignedRefund signed = shown.element();
    ledger.answered(signed);
    long asking = ledger.asking(signed).orElseThrow();
    ledger.answered(signed);
    ledger.released(signed, asking);

    assertThat(ledger.asking(signed)).isEmpty();
  }

  @Test
  void oneThatAnotherVersionOutranIsFollowedByANewOne() {
    answers(AWAY, REAL);
    assertThatThrownBy(() -> settle(refund(SOME)))
        .isInstanceOf(FacilitatorUnavailableException.class);
    ChannelPayload.SignedRefund first = shown.element();
    assertThat(
            world
                .facilitator(FacilitatorPolicy.ofAssets(world.usdc))
                .settle(Channels.request(terms, version(first, PRICE)))
                .success())
        .isTrue();

    refused(refund(SOME));
    SettleResponse next = given(refund(SOME));

    assertThat(given(refund(SOME)).transaction()).isEqualTo(next.transaction());
    assertThat(spent()).isEqualTo(MONEY - 6 * PRICE);
    assertThat(withheld()).isZero();
  }

  /** Of the same nonce. */
  private ChannelPayload version(ChannelPayload.SignedRefund of, long amount) {
    BigInteger other = BigInteger.valueOf(amount);
    byte[] message =
        new ChannelRefund(id(), of.nonce(), other).message(ChannelContracts.domain(terms.chain()));
    return new ChannelPayload.SignedRefund(
        of.channel(),
        of.voucher(),
        other,
        of.nonce(),
        List.of(),
        Optional.of(Hex.encode(AUTHORIZER.sign(message))),
        Optional.empty());
  }

  @Test
  void oneThatWasMinedInVainIsShownWithWhatCanBeClaimedByNow() {
    answers(REVERTED, REVERTED, REAL);
    refused(refund(SOME));
    assertWithheld();
    given(Channels.pay(terms, buyer.signer(), 2 * PRICE));
    refused(refund(SOME));

    given(refund(SOME));

    ChannelPayload.SignedRefund first = shown.remove();
    assertThat(shown.remove()).isEqualTo(first);
    ChannelPayload.SignedRefund last = shown.remove();
    assertThat(last.refundSignature())
        .as("it is the same refund")
        .isEqualTo(first.refundSignature());
    assertThat(last.claims().getFirst().totalClaimed()).isEqualTo(2 * PRICE);
    assertThat(spent()).isEqualTo(MONEY - 5 * PRICE);
    assertThat(withheld()).isZero();
  }

  @Test
  void theRestOfAChannelThatWasFilledUpIsAnotherRest() {
    SettleResponse first = given(refund(REST));
    assertThat(given(refund(REST)).transaction()).isEqualTo(first.transaction());
    ChannelPayload more = Channels.deposit(terms, buyer.signer(), MONEY + 1, 2 * PRICE);
    assertThat(facilitator.settle(Channels.request(terms, more)).success())
        .as("past the seller")
        .isTrue();
    assertThat(till.verify(Channels.request(terms, refund(REST))).isValid()).isTrue();

    SettleResponse second = given(refund(REST));

    assertThat(second.amount()).contains(String.valueOf(MONEY + 1));
    assertThat(given(refund(REST)).transaction()).isEqualTo(second.transaction());
    assertThat(spent()).isEqualTo(PRICE);
  }

  private Hash32 key(ChannelPayload.Refund refund) {
    return ((ChannelPayment.Reading.Understood) ChannelPayment.of(Channels.request(terms, refund)))
        .payment()
        .key();
  }
}
