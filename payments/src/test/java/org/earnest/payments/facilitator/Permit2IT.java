package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.Permit2Payment;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.permit2.EvmPayments;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.permit2.SponsoredPermit;
import org.earnest.payments.store.PostgresSettlements;
import org.earnest.payments.testing.Doubles;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.Permit2Buyer;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.Permit2Payload;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.SupportedResponse;
import org.earnest.payments.wire.VerifyResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payments through Permit2 and the x402 proxies, of both schemes. */
class Permit2IT extends OnChain {
  private static final List<String> READS =
      List.of("eth_call", "eth_getCode", "eth_getBlockByNumber", "eth_getLogs");
  private static final int FINAL = 13;
  private static final EvmAddress STRANGER = LocalSigner.random().address();

  private static Permit2Buyer payer;

  private Facilitator facilitator;
  private Permit2Requirements exact;
  private Permit2Requirements upto;

  @BeforeAll
  static void install(@TempDir Path folder) {
    Doubles.installPermit2(world);
    payer = Permit2Buyer.ready(world);
  }

  @BeforeEach
  void connect() {
    facilitator = world.remoteFacilitator();
    exact = offer(Optional.empty());
    upto = offer(Optional.of(world.submitter.sender()));
  }

  private static Permit2Requirements offer(Optional<EvmAddress> bound) {
    return new Permit2Requirements(
        TokenAmount.of(world.usdc, PRICE), World.SELLER, Duration.ofMinutes(1), bound);
  }

  @Test
  void anExactPaymentCostsOneCallAndMovesTheMoneyOnce() {
    facilitator.verify(payer.payment(exact));
    FacilitatorRequest payment = payer.payment(exact);
    long before = world.balance(payer.payer());
    long transactions = world.transactions();
    long reads = reads();

    VerifyResponse verdict = facilitator.verify(payment);
    long asked = reads() - reads;
    SettleResponse first = Payments.settle(facilitator, payment);
    SettleResponse again = Payments.settle(facilitator, payment);

    assertThat(verdict).isEqualTo(VerifyResponse.valid(payer.payer().hex()));
    assertThat(asked).isEqualTo(1);
    assertThat(first.success()).as(first.toString()).isTrue();
    assertThat(again).isEqualTo(first);
    assertThat(first.amount()).isEmpty();
    assertThat(before - world.balance(payer.payer())).isEqualTo(PRICE);
    assertThat(world.transactions() - transactions).isEqualTo(1);
    assertThat(facilitator.verify(payment).invalidReason()).contains("permit2_invalid_nonce");
  }

  @Test
  void whatIsWrongByItselfHasTheReasonThatTheReferenceShips() {
    facilitator.verify(payer.payment(exact));
    long before = reads();

    assertThat(
            List.of(
                reason(payer.payment(exact, p -> to(p, STRANGER))),
                reason(payer.payment(exact, p -> worth(p, PRICE - 1))),
                reason(payer.payment(exact, p -> of(p, STRANGER))),
                reason(payer.payment(exact, p -> until(p, Instant.now().plusSeconds(3)))),
                reason(payer.payment(exact, p -> until(p, Instant.now().plusSeconds(100_000)))),
                reason(payer.payment(exact, p -> after(p, Instant.now().plusSeconds(600)))),
                reason(payer.payment(exact, p -> bound(p, Optional.of(STRANGER)))),
                reason(payer.payment(upto, p -> bound(p, Optional.of(STRANGER)))),
                reason(payer.payment(upto, p -> bound(p, Optional.empty()))),
                reason(payer.payment(offer(Optional.of(STRANGER))))))
        .containsExactly(
            "invalid_permit2_recipient_mismatch",
            "permit2_amount_mismatch",
            "permit2_token_mismatch",
            "permit2_deadline_expired",
            "permit2_deadline_expired",
            "permit2_not_yet_valid",
            "invalid_permit2_spender",
            "upto_facilitator_mismatch",
            "invalid_permit2_spender",
            "upto_facilitator_mismatch");
    assertThat(reads()).isEqualTo(before);
  }

  @Test
  void whatTheChainRefusesIsNamed() {
    LocalSigner poor = LocalSigner.random();
    LocalSigner unapproved = LocalSigner.random();
    world.mint(unapproved.address());
    Permit2Payload good = Permit2Payload.parse(payer.payment(exact).payment().payload());
    byte[] forged = LocalSigner.random().sign(good.authorization().message(world.usdc.chain()));

    assertThat(reason(new Permit2Buyer(poor, poor.address()).payment(exact)))
        .isEqualTo("permit2_insufficient_balance");
    assertThat(reason(new Permit2Buyer(unapproved, unapproved.address()).payment(exact)))
        .isEqualTo("permit2_allowance_required");
    assertThat(reason(Permit2Buyer.request(exact, Permit2Payload.of(good.authorization(), forged))))
        .isEqualTo("invalid_permit2_signature");
  }

  /** No event of the proxies tells which of two equal payments a transaction made. */
  @Test
  void aTransactionOfSomebodyElseIsNoProof() {
    FacilitatorRequest payment = payer.payment(exact);
    FacilitatorRequest twin = payer.payment(exact);
    PostgresSettlements settlements = new PostgresSettlements(world.database);
    settlements.begin(Settlement.of(new VerifiedPayment(read(payment)), 0));
    settlements.begin(Settlement.of(new VerifiedPayment(read(twin)), 0));
    world.send(read(payment).transfer());
    world.send(read(spending(read(twin).key().nonce())).transfer());
    world.mine(FINAL);
    long before = world.balance(payer.payer());
    long searches = world.proxy.calls("eth_getLogs");

    SettleResponse answer = Payments.settle(facilitator, payment);
    SettleResponse other = Payments.settle(facilitator, twin);
    Settlement shown =
        world
            .facilitator(FacilitatorPolicy.ofAssets(world.usdc))
            .settlement(read(twin).key().id())
            .orElseThrow();

    assertThat(List.of(answer, other)).noneMatch(SettleResponse::success);
    assertThat(answer.errorReason()).contains("permit2_invalid_nonce");
    assertThat(other.errorReason()).contains("permit2_invalid_nonce");
    assertThat(shown.state()).isEqualTo(SettlementState.FAILED);
    assertThat(shown.isFinal()).isFalse();
    assertThat(before - world.balance(payer.payer())).isZero();
    assertThat(world.proxy.calls("eth_getLogs")).as("searches").isEqualTo(searches);
  }

  @Test
  void uptoSettlesWhatTheWorkCostWithinWhatWasPermitted() {
    FacilitatorRequest payment = payer.payment(upto);
    long before = world.balance(payer.payer());

    VerifyResponse verdict = facilitator.verify(payment);
    SettleResponse tooMuch = facilitator.settle(charging(payment, PRICE + 1));
    SettleResponse settled = Payments.settle(facilitator, charging(payment, 400));
    SettleResponse again = Payments.settle(facilitator, charging(payment, 400));
    SettleResponse more = facilitator.settle(charging(payment, 500));

    assertThat(verdict.isValid()).as(verdict.toString()).isTrue();
    assertThat(tooMuch.errorReason())
        .contains("invalid_upto_evm_payload_settlement_exceeds_amount");
    assertThat(settled.success()).as(settled.toString()).isTrue();
    assertThat(settled.amount()).contains("400");
    assertThat(again).isEqualTo(settled);
    assertThat(more.errorReason()).contains("permit2_invalid_nonce");
    assertThat(before - world.balance(payer.payer())).isEqualTo(400);
  }

  @Test
  void uptoForNothingNeedsNoTransaction() {
    FacilitatorRequest payment = payer.payment(upto);
    long transactions = world.transactions();

    SettleResponse settled = facilitator.settle(charging(payment, 0));

    assertThat(settled.success()).as(settled.toString()).isTrue();
    assertThat(settled.transaction()).isEmpty();
    assertThat(settled.amount()).contains("0");
    assertThat(world.transactions()).isEqualTo(transactions);
  }

  @Test
  void permitsAreTakenOfTokensThatHaveThem() {
    Caip19AssetId other = new Caip19AssetId(world.chain.chainId(), STRANGER);
    SupportedResponse supported = facilitator.supported();

    assertThat(SponsoredPermit.isSupported(supported, world.usdc)).isTrue();
    assertThat(SponsoredPermit.isSupported(supported, other)).isFalse();
    Caip19AssetId none = new Caip19AssetId(world.chain.chainId(), world.callBatch);
    assertThat(world.facilitator(FacilitatorPolicy.ofAssets(none)).supported().extensions())
        .isEmpty();
  }

  @Test
  void uptoIsOfferedWithTheAccountThatItIsBoundTo() {
    SupportedResponse supported = facilitator.supported();

    assertThat(supported.kinds()).extracting(SupportedResponse.Kind::scheme).contains("upto");
    assertThat(supported.kinds().getLast().extra().path("facilitatorAddress").stringValue())
        .isEqualTo(world.submitter.sender().hex());
  }

  /** Another payment by which its buyer uses the nonce up. */
  private static FacilitatorRequest spending(Hash32 nonce) {
    Permit2Requirements elsewhere =
        new Permit2Requirements(
            TokenAmount.of(world.usdc, PRICE), STRANGER, Duration.ofMinutes(1), Optional.empty());
    return payer.payment(
        elsewhere,
        p ->
            new Permit2Payment(
                p.from(),
                p.token(),
                p.amount(),
                new BigInteger(1, nonce.bytes()),
                p.deadline(),
                p.to(),
                p.facilitator(),
                p.validAfter()));
  }

  private FacilitatorRequest charging(FacilitatorRequest payment, long atomicUnits) {
    return FacilitatorRequest.of(
        payment.payment(), upto.costing(BigInteger.valueOf(atomicUnits)).toWire());
  }

  private static EvmPayment read(FacilitatorRequest request) {
    return switch (EvmPayments.of(request)) {
      case Reading.Understood<EvmPayment> understood -> understood.value();
      case Reading.Refused<EvmPayment> refused ->
          throw new AssertionError("not a payment: " + refused);
    };
  }

  private String reason(FacilitatorRequest request) {
    VerifyResponse verdict = facilitator.verify(request);
    assertThat(verdict.isValid()).isFalse();
    assertThat(verdict.invalidMessage()).isNotEmpty();
    return verdict.invalidReason().orElseThrow();
  }

  private static long reads() {
    return READS.stream().mapToLong(world.proxy::calls).sum();
  }

  private static Permit2Payment with(
      Permit2Payment p, UnaryOperator<BigInteger> deadline, UnaryOperator<BigInteger> after) {
    return new Permit2Payment(
        p.from(),
        p.token(),
        p.amount(),
        p.nonce(),
        deadline.apply(p.deadline()),
        p.to(),
        p.facilitator(),
        after.apply(p.validAfter()));
  }

  private static Permit2Payment until(Permit2Payment p, Instant end) {
    return with(p, any -> BigInteger.valueOf(end.getEpochSecond()), UnaryOperator.identity());
  }

  private static Permit2Payment after(Permit2Payment p, Instant start) {
    return with(p, UnaryOperator.identity(), any -> BigInteger.valueOf(start.getEpochSecond()));
  }

  private static Permit2Payment to(Permit2Payment p, EvmAddress payee) {
    return new Permit2Payment(
        p.from(),
        p.token(),
        p.amount(),
        p.nonce(),
        p.deadline(),
        payee,
        p.facilitator(),
        p.validAfter());
  }

  private static Permit2Payment worth(Permit2Payment p, long amount) {
    return new Permit2Payment(
        p.from(),
        p.token(),
        BigInteger.valueOf(amount),
        p.nonce(),
        p.deadline(),
        p.to(),
        p.facilitator(),
        p.validAfter());
  }

  private static Permit2Payment of(Permit2Payment p, EvmAddress token) {
    return new Permit2Payment(
        p.from(),
        token,
        p.amount(),
        p.nonce(),
        p.deadline(),
        p.to(),
        p.facilitator(),
        p.validAfter());
  }

  private static Permit2Payment bound(Permit2Payment p, Optional<EvmAddress> facilitator) {
    return new Permit2Payment(
        p.from(),
        p.token(),
        p.amount(),
        p.nonce(),
        p.deadline(),
        p.to(),
        facilitator,
        p.validAfter());
  }
}
