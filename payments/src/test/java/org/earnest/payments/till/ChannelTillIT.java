package org.earnest.payments.till;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.earnest.bindings.call.ChannelHubCalls;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.call.ChannelHubReads;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.FacilitatorPolicy;
import org.earnest.payments.facilitator.FacilitatorUnavailableException;
import org.earnest.payments.store.PostgresChannelLedger;
import org.earnest.payments.testing.Buyer;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.HookedFacilitator;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.VerifyResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A seller's books while chain, facilitator and buyers do things at the same time. */
class ChannelTillIT extends OnChain {
  private static final LocalSigner AUTHORIZER = LocalSigner.random();
  private static final long MONEY = 10 * PRICE;
  private static final int ROUNDS = 100;

  private ChannelLedger ledger;
  private HookedFacilitator facilitator;
  private ChannelTill till;
  private ChannelTerms terms;
  private volatile Instant now;

  @BeforeAll
  static void install() {
    Channels.install(world);
  }

  @BeforeEach
  void open() {
    now = Instant.now();
    ledger = new PostgresChannelLedger(world.database);
    facilitator = new HookedFacilitator(world.facilitator(FacilitatorPolicy.ofAssets(world.usdc)));
    InstantSource clock = () -> now;
    till = new ChannelTill(facilitator, ledger, AUTHORIZER, clock);
    terms = Channels.terms(world, PRICE, AUTHORIZER.address());
  }

  private SettleResponse settle(ChannelPayload payload) {
    return till.settle(Channels.request(terms, payload));
  }

  private VerifyResponse verify(ChannelPayload payload) {
    return till.verify(Channels.request(terms, payload));
  }

  private void bought(Buyer by, long max) {
    assertThat(settle(Channels.pay(terms, by.signer(), max)).success()).isTrue();
  }

  private void deposit(Buyer by) {
    SettleResponse made = settle(Channels.deposit(terms, by.signer(), MONEY, PRICE));
    assertThat(made.success()).as(made.toString()).isTrue();
  }

  private ChannelPayload refund() {
    return refund(Optional.empty());
  }

  private ChannelPayload refund(Optional<BigInteger> amount) {
    return new ChannelPayload.Refund(
        Channels.channel(terms, buyer.address()),
        Channels.voucher(terms, buyer.signer(), PRICE),
        amount);
  }

  private Hash32 id(Buyer of) {
    return Channels.voucher(terms, of.signer(), 1).channelId();
  }

  private ChannelHubReads.Held held(Buyer of) {
    return new ChannelHubReads(world.chain, ChannelContracts.HUB)
        .state(id(of), BlockTag.Named.LATEST)
        .held();
  }

  private ChannelWatch watch(long enough) {
    return new ChannelWatch(facilitator, ledger, AUTHORIZER, BigInteger.valueOf(enough), () -> now);
  }

  @Test
  void whatGoesBackIsNotSold() {
    deposit(buyer);
    AtomicReference<SettleResponse> meanwhile = new AtomicReference<>();
    facilitator.settling =
        payload -> {
          if (payload instanceof ChannelPayload.SignedRefund) {
            meanwhile.set(settle(Channels.pay(terms, buyer.signer(), 2 * PRICE)));
          }
          return Optional.empty();
        };

    SettleResponse refunded = settle(refund());

    assertThat(refunded.success()).as(refunded.toString()).isTrue();
    assertThat(meanwhile.get().success()).isFalse();
    assertThat(spent()).isEqualTo(PRICE);
    assertThat(ledger.find(id(buyer)).orElseThrow().earned()).isEqualTo(PRICE);
    assertThat(ledger.find(id(buyer)).orElseThrow().withheld()).isZero();
  }

  @Test
  void aRefundWhoseEndIsUnknownWithholdsUntilItIsSeen() {
    deposit(buyer);
    facilitator.settling =
        payload -> {
          throw new FacilitatorUnavailableException("away");
        };
    assertThatThrownBy(() -> settle(refund())).isInstanceOf(FacilitatorUnavailableException.class);

    facilitator.settling = payload -> Optional.empty();
    assertThat(settle(Channels.pay(terms, buyer.signer(), 2 * PRICE)).success()).isFalse();
    assertThat(settle(refund()).success()).isTrue();

    assertThat(spent()).isEqualTo(PRICE);
    assertThat(ledger.find(id(buyer)).orElseThrow().withheld()).isZero();
  }

  @Test
  void aRefundWhoseAnswerWasLostIsGivenOnce() {
    deposit(buyer);
    Facilitator there = world.facilitator(FacilitatorPolicy.ofAssets(world.usdc));
    ChannelPayload some = refund(Optional.of(BigInteger.valueOf(PRICE)));
    facilitator.settling =
        payload -> {
          assertThat(there.settle(Channels.request(terms, payload)).success()).isTrue();
          throw new FacilitatorUnavailableException("away");
        };
    assertThatThrownBy(() -> settle(some)).isInstanceOf(FacilitatorUnavailableException.class);

    facilitator.settling = payload -> Optional.empty();
    try (ChannelWatch watch = watch(1)) {
      watch.round();
    }
    assertThat(ledger.find(id(buyer)).orElseThrow().withheld()).as("it was seen").isZero();
    bought(buyer, 2 * PRICE);
    SettleResponse told = settle(some);

    assertThat(told.success()).as(told.toString()).isTrue();
    assertThat(told.amount()).contains(String.valueOf(PRICE));
    assertThat(settle(some).transaction()).isEqualTo(told.transaction());
    assertThat(spent()).isEqualTo(MONEY - PRICE);
    assertThat(ledger.find(id(buyer)).orElseThrow().withheld()).isZero();
  }

  @Test
  void claimsComeInOneOrder() {
    for (int buyers = 0; buyers < 5; buyers++) {
      deposit(Buyer.funded(world));
    }
    Queue<List<String>> claimed = new ConcurrentLinkedQueue<>();
    facilitator.settling =
        payload -> {
          if (payload instanceof ChannelPayload.Claim claim) {
            claimed.add(claim.claims().stream().map(ChannelTillIT::id).toList());
          }
          return Optional.empty();
        };

    try (ChannelWatch watch = watch(1)) {
      watch.round();
    }

    assertThat(claimed)
        .anySatisfy(ids -> assertThat(ids).hasSizeGreaterThanOrEqualTo(5))
        .allSatisfy(ids -> assertThat(ids).isSorted());
  }

  private static String id(VoucherClaim claim) {
    return claim.channel().id(ChannelContracts.domain(world.chain.chainId())).hex();
  }

  @Test
  void aRefundThatIsRefusedGivesItBackForSale() {
    deposit(buyer);
    facilitator.settling =
        payload ->
            payload instanceof ChannelPayload.SignedRefund
                ? Optional.of(SettleResponse.failed("no", "", Optional.empty(), "", "eip155:31337"))
                : Optional.empty();

    assertThat(settle(refund()).success()).isFalse();

    bought(buyer, 2 * PRICE);
  }

  @Test
  void aVoucherVerifiedBeforeAWithdrawalIsNotSoldAfterIt() {
    deposit(buyer);
    ChannelPayload voucher = Channels.pay(terms, buyer.signer(), 2 * PRICE);
    assertThat(verify(voucher).isValid()).isTrue();
    Channels.send(
        world,
        buyer.address(),
        new ChannelHubCalls(ChannelContracts.HUB)
            .initiateWithdraw(
                Channels.channel(terms, buyer.address()), BigInteger.valueOf(MONEY - PRICE)));
    now = now.plus(ChannelTerms.MIN_WITHDRAW_DELAY);

    assertThat(settle(voucher).errorReason()).contains("invalid_batch_settlement_evm_channel_busy");
  }

  @Test
  void anOldLookRefusesNoGoodVoucher() {
    deposit(buyer);
    ChannelAccount known = ledger.find(id(buyer)).orElseThrow();
    ChannelState old =
        new ChannelState(
            BigInteger.valueOf(PRICE), BigInteger.ZERO, 0, known.state().refundNonce());
    ledger.seen(known.id(), known.channel(), known.offer(), old, now);

    assertThat(verify(Channels.pay(terms, buyer.signer(), 2 * PRICE)).isValid()).isTrue();
  }

  @Test
  void aFirstDepositIsAsMuchAsTheSellerWants() {
    assertThat(verify(Channels.deposit(terms, buyer.signer(), MONEY - 1, PRICE)).invalidReason())
        .contains("invalid_batch_settlement_evm_deposit_below_min_deposit");
    assertThat(verify(Channels.deposit(terms, buyer.signer(), MONEY, PRICE)).isValid()).isTrue();
  }

  @Test
  void aFailureHoldsUpNoOtherChannel() {
    Buyer other = Buyer.funded(world);
    deposit(buyer);
    deposit(other);
    facilitator.settling =
        payload -> {
          if (payload instanceof ChannelPayload.Claim claim && claim.claims().size() > 1) {
            throw new FacilitatorUnavailableException("too many");
          }
          return Optional.empty();
        };

    try (ChannelWatch watch = watch(1)) {
      watch.round();
    }

    assertThat(held(buyer).totalClaimed()).isEqualTo(PRICE);
    assertThat(held(other).totalClaimed()).isEqualTo(PRICE);
  }

  @Test
  void aPayoutThatGotLostIsAskedAgain() {
    deposit(buyer);
    long before = world.balance(World.SELLER);
    AtomicInteger lost = new AtomicInteger();
    facilitator.settling =
        payload -> {
          if (payload instanceof ChannelPayload.Settle) {
            lost.incrementAndGet();
            throw new FacilitatorUnavailableException("away");
          }
          return Optional.empty();
        };
    try (ChannelWatch watch = watch(1)) {
      watch.round();
      assertThat(world.balance(World.SELLER)).isEqualTo(before);
      facilitator.settling = payload -> Optional.empty();
      watch.round();
    }

    assertThat(lost.get()).isPositive();
    assertThat(world.balance(World.SELLER)).isGreaterThanOrEqualTo(before + PRICE);
  }

  @Test
  void aClaimThatAReorganisationTookBackIsMadeAgain() {
    deposit(buyer);
    try (ChannelWatch watch = watch(1)) {
      watch.round();
      assertThat(held(buyer).totalClaimed()).isEqualTo(PRICE);
      world.rpc.require("anvil_reorg", 2, List.of());
      assertThat(held(buyer).totalClaimed()).as("claim and payout are gone").isZero();
      now = now.plus(Duration.ofMinutes(2));

      for (int round = 0; round < ROUNDS && held(buyer).totalClaimed().signum() == 0; round++) {
        watch.round();
      }
      assertThat(held(buyer).totalClaimed()).isEqualTo(PRICE);
    }
    assertThat(ledger.find(id(buyer)).orElseThrow().state().totalClaimed()).isEqualTo(PRICE);
  }

  @Test
  void whatIsClaimedIsBelievedLessOnlyAfterAWhile() {
    deposit(buyer);
    bought(buyer, 2 * PRICE);
    ChannelAccount known = ledger.find(id(buyer)).orElseThrow();
    ledger.claimed(known.id(), BigInteger.valueOf(2 * PRICE), now);

    ledger.seen(known.id(), known.channel(), known.offer(), known.state(), now.plusSeconds(1));
    assertThat(ledger.withEarnings()).noneMatch(one -> one.id().equals(known.id()));
    assertThat(ledger.movedSince(now.minusSeconds(1))).anyMatch(one -> one.id().equals(known.id()));

    ledger.seen(known.id(), known.channel(), known.offer(), known.state(), now.plusSeconds(61));
    assertThat(ledger.withEarnings()).anyMatch(one -> one.id().equals(known.id()));
  }

  @Test
  void whatAWithdrawalLeftIsClaimed() {
    deposit(buyer);
    bought(buyer, 2 * PRICE);
    ChannelHubCalls hub = new ChannelHubCalls(ChannelContracts.HUB);
    Channels.send(
        world,
        buyer.address(),
        hub.initiateWithdraw(
            Channels.channel(terms, buyer.address()), BigInteger.valueOf(MONEY - PRICE)));
    world.warp(ChannelTerms.MIN_WITHDRAW_DELAY.plusMinutes(1));
    Channels.send(
        world, buyer.address(), hub.finalizeWithdraw(Channels.channel(terms, buyer.address())));

    try (ChannelWatch watch = watch(1)) {
      watch.round();
    }

    assertThat(held(buyer))
        .isEqualTo(new ChannelHubReads.Held(BigInteger.valueOf(PRICE), BigInteger.valueOf(PRICE)));
  }

  @Test
  void aWatchThatLooksTooSeldomIsNotBegun() {
    assertThatThrownBy(
            () ->
                new ChannelWatch(
                    facilitator,
                    ledger,
                    AUTHORIZER,
                    BigInteger.ONE,
                    ChannelTill.CLOSING,
                    InstantSource.system()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
