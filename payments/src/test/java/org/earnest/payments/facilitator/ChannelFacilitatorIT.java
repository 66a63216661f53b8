package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.ChannelRefund;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.SettleResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a facilitator spends gas on for channels. */
class ChannelFacilitatorIT extends OnChain {
  private static final LocalSigner AUTHORIZER = LocalSigner.random();
  private static final long MONEY = 10 * PRICE;
  private static final Duration LONG = Duration.ofHours(1);
  private static final EvmAddress LIAR = new EvmAddress("0x" + "1a".repeat(EvmAddress.BYTES));

  /** Answers 1 to whatever it is asked. */
  private static final String YES = "0x600160005260206000f3";

  /** Of a deposit by a stranger, as many by its payer, and of a refund. */
  private static final int VARIATIONS = 334;

  private static final String PENDING = "settlement_pending";

  /** Takes back whatever it is asked for. */
  private static final String REVERTS = "0x60006000fd";

  private static final Duration HASTE = Duration.ofMillis(100);

  private Facilitator facilitator;
  private ChannelTerms terms;
  private ChannelTerms lying;

  @BeforeAll
  static void install() {
    Channels.install(world);
    world.rpc.require("anvil_setCode", LIAR.hex(), YES);
  }

  @BeforeEach
  void open() {
    facilitator = world.facilitator(FacilitatorPolicy.ofAssets(world.usdc));
    terms = Channels.terms(world, PRICE, AUTHORIZER.address());
    Caip19AssetId token = new Caip19AssetId(world.chain.chainId(), LIAR);
    lying = Channels.terms(TokenAmount.of(token, PRICE), AUTHORIZER.address());
  }

  private SettleResponse settle(ChannelTerms by, ChannelPayload payload) {
    return facilitator.settle(Channels.request(by, payload));
  }

  private void deposit() {
    deposit(MONEY, PRICE);
  }

  private void refused(SettleResponse response, String reason) {
    assertThat(response.errorReason()).contains(reason);
  }

  @Test
  void aTokenThatSaysItWasCollectedIsNotServed() {
    long before = world.transactions();

    refused(
        settle(lying, Channels.deposit(lying, buyer.signer(), MONEY, PRICE)), "asset_not_allowed");

    assertThat(world.transactions()).isEqualTo(before);
  }

  @Test
  void aDepositIsAnsweredAgain() {
    ChannelPayload deposit = Channels.deposit(terms, buyer.signer(), MONEY, PRICE);

    SettleResponse first = settle(terms, deposit);

    assertThat(first.success()).isTrue();
    assertThat(settle(terms, deposit).transaction()).isEqualTo(first.transaction());
  }

  @Test
  void aClaimThatBooksNothingCostsNoGas() {
    deposit();
    VoucherClaim claim = Channels.claim(terms, buyer.signer(), PRICE, PRICE);
    VoucherClaim nothing = Channels.claim(terms, LocalSigner.random(), PRICE, 0);
    long before = world.transactions();

    refused(
        settle(terms, Channels.claim(terms, AUTHORIZER, claim, nothing)),
        "invalid_batch_settlement_evm_cumulative_below_claimed");

    assertThat(world.transactions()).isEqualTo(before);
    assertThat(settle(terms, Channels.claim(terms, AUTHORIZER, claim)).success()).isTrue();
  }

  @Test
  void whatIsClaimedBesideARefundIsServedToo() {
    deposit();
    VoucherClaim elsewhere = Channels.claim(lying, buyer.signer(), PRICE, PRICE);
    long before = world.transactions();

    refused(settle(terms, refund(elsewhere)), "asset_not_allowed");
    refused(
        settle(terms, refund(Channels.claim(terms, LocalSigner.random(), PRICE, 0))),
        "invalid_batch_settlement_evm_cumulative_below_claimed");

    assertThat(world.transactions()).isEqualTo(before);
  }

  @Test
  void aRefundIsAnsweredAgain() {
    deposit();
    ChannelPayload refund = refund(Channels.claim(terms, buyer.signer(), PRICE, PRICE));

    SettleResponse first = settle(terms, refund);

    assertThat(first.success()).as(first.toString()).isTrue();
    assertThat(first.amount()).contains(String.valueOf(MONEY - PRICE));
    SettleResponse again = settle(terms, refund);
    assertThat(again.transaction()).isEqualTo(first.transaction());
    assertThat(again.amount()).isEqualTo(first.amount());
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void aRefundThatGivesNothingBackCostsNoGas() {
    long before = world.transactions();
    refused(settle(terms, refund(0)), "invalid_batch_settlement_evm_refund_simulation_failed");
    assertThat(world.transactions()).as("nobody paid into it").isEqualTo(before);

    deposit();
    assertThat(settle(terms, refund(Channels.claim(terms, buyer.signer(), PRICE, PRICE))).success())
        .isTrue();
    before = world.transactions();
    refused(settle(terms, refund(1)), "invalid_batch_settlement_evm_refund_simulation_failed");
    assertThat(world.transactions()).as("all was given back").isEqualTo(before);
  }

  @Test
  void whatWouldRevertIsNotCounted() {
    deposit();
    FacilitatorLimits two = new FacilitatorLimits(2, 2, LONG, BigInteger.TEN, LONG);
    facilitator = world.facilitator(FacilitatorPolicy.ofAssets(world.usdc).within(two));
    VoucherClaim claim = Channels.claim(terms, buyer.signer(), PRICE, PRICE);
    for (int attempt = 0; attempt < 3; attempt++) {
      refused(
          settle(terms, Channels.claim(terms, LocalSigner.random(), claim)),
          "invalid_batch_settlement_evm_claim_simulation_failed");
    }

    assertThat(settle(terms, Channels.claim(terms, AUTHORIZER, claim)).success()).isTrue();
    assertThat(settle(terms, refund(0)).success()).isTrue();
    deposit(MONEY + 1, 2 * PRICE);
    ChannelPayload more = claim(2 * PRICE);
    assertThatThrownBy(() -> settle(terms, more)).satisfies(ChannelFacilitatorIT::tooMany);
  }

  @Test
  void aClaimThatWaitsIsCountedOnceAndAnsweredAgain() {
    deposit();
    FacilitatorLimits one = new FacilitatorLimits(1, 1, LONG, BigInteger.TEN, LONG);
    FacilitatorPolicy policy = FacilitatorPolicy.ofAssets(world.usdc);
    Facilitator patient = facilitator;
    facilitator = world.facilitator(policy.within(one), HASTE);
    ChannelPayload claim = claim(PRICE);

    world.unmined(
        () -> {
          for (int time = 0; time < 3; time++) {
            refused(settle(terms, claim), PENDING);
          }
          return booked();
        });

    SettleResponse mined = patient.settle(Channels.request(terms, claim));
    assertThat(mined.success()).as(mined.toString()).isTrue();
    assertThat(settle(terms, claim).transaction()).isEqualTo(mined.transaction());
    ChannelPayload next = claim(2 * PRICE);
    assertThatThrownBy(() -> settle(terms, next)).satisfies(ChannelFacilitatorIT::tooMany);
    // the payer's and the payee's shares are whole
    ChannelPayload more = Channels.deposit(terms, buyer.signer(), MONEY + 1, 3 * PRICE);
    assertThat(settle(terms, more).errorReason().filter(code -> !code.equals(PENDING))).isEmpty();
  }

  @Test
  void ofOneRefundOneVersionIsUnderWay() {
    deposit();
    Facilitator patient = facilitator;
    facilitator = world.facilitator(FacilitatorPolicy.ofAssets(world.usdc), HASTE);
    ChannelPayload first = refund(0, List.of(), 1);
    long booked = booked();

    world.unmined(
        () -> {
          refused(settle(terms, first), PENDING);
          for (int amount = 2; amount < 5; amount++) {
            refused(
                settle(terms, refund(0, List.of(), amount)),
                "invalid_batch_settlement_evm_channel_busy");
          }
          refused(settle(terms, first), PENDING);
          return booked();
        });

    assertThat(booked()).isEqualTo(booked + 1);
    assertThat(patient.settle(Channels.request(terms, first)).success()).isTrue();
    assertThat(patient.settle(Channels.request(terms, refund(1, List.of(), 2))).success()).isTrue();
  }

  @Test
  void gasThatARefundLostIsItsSignersLoss() {
    deposit();
    FacilitatorLimits little = new FacilitatorLimits(100, 100, LONG, BigInteger.TEN, LONG);
    FacilitatorPolicy policy = FacilitatorPolicy.ofAssets(world.usdc).within(little);
    facilitator = world.facilitator(policy, HASTE);
    ChannelPayload late = refund(0, List.of(), 2);
    String hub = world.chain.code(ChannelContracts.HUB, BlockTag.Named.LATEST);

    world.unmined(
        () -> {
          await().atMost(World.ANSWER_PATIENCE).until(() -> isSent(settle(terms, late)));
          world.rpc.require("anvil_setCode", ChannelContracts.HUB.hex(), REVERTS);
          return booked();
        });
    world.rpc.require("anvil_setCode", ChannelContracts.HUB.hex(), hub);

    await()
        .atMost(World.ANSWER_PATIENCE)
        .untilAsserted(
            () ->
                refused(
                    settle(terms, late), "invalid_batch_settlement_evm_refund_transaction_failed"));
    ChannelPayload next = refund(0, List.of(), 3);
    assertThatThrownBy(() -> settle(terms, next))
        .isInstanceOfSatisfying(
            FacilitatorUnavailableException.class,
            refusal ->
                assertThat(refusal.obstacle().orElseThrow().reason().code())
                    .isEqualTo("reverted_gas_budget_spent"));
    for (ChannelPayload one : List.of(deposit(MONEY + 1), claim(PRICE))) {
      assertThat(settle(terms, one).errorReason().filter(code -> !code.equals(PENDING))).isEmpty();
    }
  }

  private static boolean isSent(SettleResponse response) {
    return !response.transaction().isEmpty()
        && world.rpc.require("eth_getTransactionByHash", response.transaction()).isObject();
  }

  private ChannelPayload claim(long total) {
    return Channels.claim(terms, AUTHORIZER, Channels.claim(terms, buyer.signer(), total, total));
  }

  private void deposit(long money, long max) {
    assertThat(settle(terms, Channels.deposit(terms, buyer.signer(), money, max)).success())
        .isTrue();
  }

  private static void tooMany(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            FacilitatorUnavailableException.class,
            refusal -> {
              assertThat(refusal.obstacle().orElseThrow().reason().code())
                  .isEqualTo("too_many_payments");
              assertThat(refusal.retryAfter()).isPresent();
            });
  }

  @Test
  void aThousandVariationsOfWhatIsDoneBookNothing() {
    ChannelPayload.Deposit deposit = deposit(MONEY);
    assertThat(settle(terms, deposit).success()).isTrue();
    assertThat(settle(terms, refund(Channels.claim(terms, buyer.signer(), PRICE, PRICE))).success())
        .isTrue();
    long before = world.transactions();
    long booked = booked();

    for (int variation = 1; variation <= VARIATIONS; variation++) {
      refused(
          settle(terms, ending(deposit, variation)),
          "invalid_batch_settlement_evm_receive_authorization_signature");
      assertThat(settle(terms, way(deposit, variation)).success()).isFalse();
      refused(
          settle(terms, refund(0, List.of(), MONEY - variation)),
          "invalid_batch_settlement_evm_refund_simulation_failed");
    }

    assertThat(booked()).isEqualTo(booked);
    assertThat(world.transactions()).isEqualTo(before);
  }

  @Test
  void fewOfTheWaysToMakeOneDepositAreSent() {
    facilitator = world.facilitator(FacilitatorPolicy.ofAssets(world.usdc), Duration.ofMillis(100));
    ChannelPayload.Deposit deposit = deposit(MONEY);
    long booked = booked();

    world.unmined(
        () -> {
          ChannelPayload first =
              Channels.until(terms, deposit, buyer.signer(), deposit.validBefore());
          refused(settle(terms, first), PENDING);
          for (int way = 1; way < Quotas.MOST_VARIATIONS; way++) {
            assertThat(settle(terms, way(deposit, way)).success()).isFalse();
          }
          ChannelPayload next = way(deposit, Quotas.MOST_VARIATIONS);
          assertThatThrownBy(() -> settle(terms, next)).satisfies(ChannelFacilitatorIT::tooMany);
          refused(settle(terms, first), PENDING);
          return booked();
        });

    assertThat(booked()).isEqualTo(booked + Quotas.MOST_VARIATIONS);
    assertThat(spent()).isEqualTo(MONEY);
  }

  private ChannelPayload way(ChannelPayload.Deposit deposit, int seconds) {
    return Channels.until(terms, deposit, buyer.signer(), later(deposit.validBefore(), seconds));
  }

  private ChannelPayload.Deposit deposit(long money) {
    return (ChannelPayload.Deposit) Channels.deposit(terms, buyer.signer(), money, PRICE);
  }

  private static BigInteger later(BigInteger end, int seconds) {
    return end.add(BigInteger.valueOf(seconds));
  }

  /** Somebody else's words beside the payer's signature. */
  private static ChannelPayload ending(ChannelPayload.Deposit deposit, int seconds) {
    return new ChannelPayload.Deposit(
        deposit.channel(),
        deposit.voucher(),
        deposit.amount(),
        deposit.validAfter(),
        later(deposit.validBefore(), seconds),
        deposit.salt(),
        deposit.signature());
  }

  private static long booked() {
    return world.database.call(
        handle ->
            handle
                .createQuery("select count(*) from submissions.submission")
                .mapTo(Long.class)
                .one());
  }

  private ChannelPayload refund(VoucherClaim claim) {
    return refund(0, List.of(claim));
  }

  private ChannelPayload refund(long nonce) {
    return refund(nonce, List.of());
  }

  private ChannelPayload refund(long nonce, List<VoucherClaim> claims) {
    return refund(nonce, claims, MONEY - PRICE);
  }

  private ChannelPayload refund(long nonce, List<VoucherClaim> claims, long amount) {
    BigInteger rest = BigInteger.valueOf(amount);
    ChannelPayload.Voucher voucher = Channels.voucher(terms, buyer.signer(), PRICE);
    byte[] message =
        new ChannelRefund(voucher.channelId(), BigInteger.valueOf(nonce), rest)
            .message(ChannelContracts.domain(terms.chain()));
    return new ChannelPayload.SignedRefund(
        Channels.channel(terms, buyer.address()),
        voucher,
        rest,
        BigInteger.valueOf(nonce),
        claims,
        Optional.of(Hex.encode(AUTHORIZER.sign(message))),
        claims.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Channels.signature(terms, AUTHORIZER, claims.toArray(VoucherClaim[]::new))));
  }
}
