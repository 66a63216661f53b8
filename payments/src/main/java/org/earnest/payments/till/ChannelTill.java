package org.earnest.payments.till;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.channel.ChannelPayment;
import org.earnest.payments.channel.ChannelReason;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.SettlementState;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.SupportedResponse;
import org.earnest.payments.wire.VerifyResponse;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes payments out of channels for a seller: vouchers by its own books, what has to go on chain
 * by a facilitator; everything else is the facilitator's.
 *
 * <p>A voucher pays for what it adds to its channel: from its amount less the price up to its
 * amount. Vouchers may come in any order, and many at once; for no part is anything sold twice.
 */
public final class ChannelTill implements Facilitator {
  /** Before a withdrawal can be finalised, nothing more is sold for this long. */
  public static final Duration CLOSING = Duration.ofMinutes(10);

  /** How old a look at the chain may be at most, whatever the delay. */
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  private static final Duration MIN_AGE = Duration.ofSeconds(30);

  private static final String CLOSES = "the payer is taking its money back: open another channel";
  private static final String SPENT = "less is left in the channel than the price";

  static final String EXTRA = "extra";
  static final String STATE = "channelState";
  private static final String CHARGED = "chargedCumulativeAmount";

  private final Facilitator facilitator;
  private final ChannelLedger ledger;
  private final TillRefunds refunds;
  private final InstantSource clock;

  /**
   * Wires one.
   *
   * @param facilitator brings deposits and refunds on chain
   * @param authorizer signs claims and refunds: the offers' {@code receiverAuthorizer}
   */
  public ChannelTill(
      Facilitator facilitator, ChannelLedger ledger, EvmSigner authorizer, InstantSource clock) {
    this.facilitator = facilitator;
    this.ledger = ledger;
    this.refunds = new TillRefunds(facilitator, ledger, authorizer, clock);
    this.clock = clock;
  }

  @Override
  public VerifyResponse verify(FacilitatorRequest request) {
    if (!ChannelPayment.isFor(request)) {
      return facilitator.verify(request);
    }
    return switch (ChannelPayment.of(request)) {
      case ChannelPayment.Reading.Refused refused ->
          VerifyResponse.invalid(refused.code(), refused.detail(), Optional.empty());
      case ChannelPayment.Reading.Understood understood -> verify(request, understood.payment());
    };
  }

  private VerifyResponse verify(FacilitatorRequest request, ChannelPayment payment) {
    // What the payer's code says of a signature today it need not say when it is claimed.
    if (payment.isWallets()) {
      return invalid(
          ChannelReason.VOUCHER_SIGNATURE,
          "the channel names no payerAuthorizer: open one that names the key that signs");
    }
    if (payment.payload() instanceof ChannelPayload.SignedRefund) {
      return invalid(ChannelReason.PAYLOAD_TYPE, "refunds are signed here, not by clients");
    }
    Optional<ChannelAccount> known = ledger.find(payment.id());
    Optional<ChannelAccount> fresh =
        known.filter(account -> isFresh(account) && isGood(payment, account.state()));
    if (fresh.isPresent()) {
      ChannelState state = fresh.get().state();
      return objection(payment, fresh, state).orElseGet(() -> state.valid(payment));
    }
    Instant asked = clock.instant();
    VerifyResponse verdict = facilitator.verify(request);
    Optional<ChannelState> state = ChannelState.read(verdict.rest().path(EXTRA));
    if (state.filter(now -> now.balance().signum() > 0).isPresent() && payment.isSignedByKey()) {
      known = Optional.of(seen(request, payment, state.get(), asked));
    }
    if (!verdict.isValid()) {
      return VerifyResponse.invalid(
          verdict.invalidReason().orElse(ChannelReason.VOUCHER_SIGNATURE.code()),
          verdict.invalidMessage().orElse("the facilitator refuses it"),
          verdict.payer());
    }
    if (state.isEmpty()) {
      return invalid(ChannelReason.MISSING_CHANNEL, "the facilitator does not tell the channel");
    }
    return objection(payment, known, state.get()).orElse(verdict);
  }

  private ChannelAccount seen(
      FacilitatorRequest request, ChannelPayment payment, ChannelState state, Instant at) {
    return ledger.seen(payment.id(), payment.channel(), request.requirements(), state, at);
  }

  /** Whether no look at the chain is needed to say yes; to say no, one is. */
  private static boolean isGood(ChannelPayment payment, ChannelState state) {
    return payment.payload() instanceof ChannelPayload.Pay
        && payment.max().compareTo(state.balance()) <= 0
        && payment.max().compareTo(state.totalClaimed()) > 0
        && payment.isSignedByKey();
  }

  private boolean isFresh(ChannelAccount account) {
    Duration third = Duration.ofSeconds(account.channel().withdrawDelay() / 3);
    Duration age = third.compareTo(MAX_AGE) > 0 ? MAX_AGE : third;
    Instant since = clock.instant().minus(age.compareTo(MIN_AGE) < 0 ? MIN_AGE : age);
    return account.seenAt().isAfter(since);
  }

  private Optional<VerifyResponse> objection(
      ChannelPayment payment, Optional<ChannelAccount> known, ChannelState state) {
    if (isClosing(payment, state)) {
      return Optional.of(invalid(ChannelReason.CHANNEL_BUSY, CLOSES));
    }
    if (payment.isRefund()) {
      boolean follows = known.filter(has -> has.cursor().equals(payment.max())).isPresent();
      return follows ? Optional.empty() : Optional.of(mismatch(known));
    }
    if (payment.payload() instanceof ChannelPayload.Deposit deposit
        && state.balance().signum() == 0
        && deposit.amount().compareTo(payment.terms().minDeposit()) < 0) {
      return Optional.of(
          invalid(
              ChannelReason.DEPOSIT_BELOW_MIN, "a first deposit has to be minDeposit at least"));
    }
    if (payment.payload() instanceof ChannelPayload.Pay
        && known.filter(has -> has.left().compareTo(price(payment)) < 0).isPresent()) {
      return Optional.of(invalid(ChannelReason.CUMULATIVE_EXCEEDS_BALANCE, SPENT));
    }
    BigInteger bottom = payment.max().subtract(price(payment));
    boolean free =
        bottom.compareTo(known.isPresent() ? BigInteger.ZERO : state.totalClaimed()) >= 0
            && ledger.isFree(payment.id(), payment.max(), price(payment));
    return free ? Optional.empty() : Optional.of(mismatch(known));
  }

  private boolean isClosing(ChannelPayment payment, ChannelState state) {
    if (state.withdrawRequestedAt() == 0) {
      return false;
    }
    Instant end =
        Instant.ofEpochSecond(state.withdrawRequestedAt())
            .plusSeconds(payment.channel().withdrawDelay());
    return clock.instant().isAfter(end.minus(CLOSING));
  }

  private static BigInteger price(ChannelPayment payment) {
    return payment.terms().price().atomicUnits();
  }

  private static VerifyResponse mismatch(Optional<ChannelAccount> known) {
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    known.ifPresent(account -> rest.set(EXTRA, account.correction()));
    return new VerifyResponse(
        false,
        Optional.of(ChannelReason.CUMULATIVE_MISMATCH.code()),
        Optional.of("the voucher does not follow what was paid before"),
        Optional.empty(),
        rest);
  }

  private static VerifyResponse invalid(ChannelReason reason, String detail) {
    return VerifyResponse.invalid(reason.code(), detail, Optional.empty());
  }

  @Override
  public SettleResponse settle(FacilitatorRequest request, Duration patience) {
    if (!ChannelPayment.isFor(request)
        || !(ChannelPayment.of(request)
            instanceof ChannelPayment.Reading.Understood(ChannelPayment payment))) {
      return facilitator.settle(request, patience);
    }
    return switch (payment.payload()) {
      case ChannelPayload.Pay pay ->
          sold(request, payment, SettleResponse.settled(payer(payment), "", network(payment)));
      case ChannelPayload.Deposit deposit ->
          deposited(request, payment, clock.instant(), facilitator.settle(request, patience));
      case ChannelPayload.Refund refund -> refunds.refund(request, payment, refund, patience);
      case ChannelPayload.SignedRefund signed ->
          failed(payment, ChannelReason.PAYLOAD_TYPE, "refunds are signed here, not by clients");
    };
  }

  private SettleResponse deposited(
      FacilitatorRequest request, ChannelPayment payment, Instant asked, SettleResponse response) {
    if (!response.success()) {
      return response;
    }
    Optional<ChannelState> state = ChannelState.read(response.rest().path(EXTRA).path(STATE));
    if (state.isEmpty()) {
      return failed(
          payment, ChannelReason.MISSING_CHANNEL, "the facilitator does not tell the channel");
    }
    seen(request, payment, state.get(), asked);
    return sold(request, payment, response);
  }

  private SettleResponse sold(
      FacilitatorRequest request, ChannelPayment payment, SettleResponse settled) {
    Optional<ChannelAccount> before = ledger.sold(payment.id(), payment.key());
    if (before.isPresent()) {
      return settled.with(told(before.get(), Optional.of(price(payment))));
    }
    Optional<ChannelAccount> known = current(request, payment);
    if (known.isEmpty()) {
      return failed(payment, ChannelReason.MISSING_CHANNEL, "the channel cannot be looked at");
    }
    if (isClosing(payment, known.get().state())) {
      return failed(payment, ChannelReason.CHANNEL_BUSY, CLOSES);
    }
    if (known.get().left().compareTo(price(payment)) < 0) {
      return failed(payment, ChannelReason.CUMULATIVE_EXCEEDS_BALANCE, SPENT);
    }
    Optional<ChannelAccount> account =
        ledger.sell(
            payment.id(),
            payment.key(),
            payment.max(),
            price(payment),
            payment.payload().voucher().signature());
    if (account.isEmpty()) {
      return failed(
          payment,
          ChannelReason.CUMULATIVE_MISMATCH,
          "something else was sold for what this voucher adds");
    }
    return settled.with(told(account.get(), Optional.of(price(payment))));
  }

  /** A payment that was verified long ago is sold by a new look at its channel; empty without. */
  private Optional<ChannelAccount> current(FacilitatorRequest request, ChannelPayment payment) {
    Optional<ChannelAccount> known = ledger.find(payment.id());
    if (known.filter(this::isFresh).isPresent()) {
      return known;
    }
    Instant asked = clock.instant();
    return ChannelState.read(facilitator.verify(request).rest().path(EXTRA))
        .map(state -> seen(request, payment, state, asked));
  }

  static ObjectNode told(ChannelAccount account, Optional<BigInteger> charged) {
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    ObjectNode extra = rest.putObject(EXTRA);
    ObjectNode state = extra.putObject(STATE);
    account.state().write(state, account.id());
    state.put(CHARGED, account.cursor().toString());
    charged.ifPresent(amount -> extra.put("chargedAmount", amount.toString()));
    return rest;
  }

  static SettleResponse failed(ChannelPayment payment, ChannelReason reason, String detail) {
    return SettleResponse.failed(
        reason.code(), detail, Optional.of(payer(payment)), "", network(payment));
  }

  private static String payer(ChannelPayment payment) {
    return payment.channel().payer().hex();
  }

  private static String network(ChannelPayment payment) {
    return payment.terms().chain().toString();
  }

  @Override
  public SupportedResponse supported() {
    return facilitator.supported();
  }

  @Override
  public Optional<SettlementState> standing(Hash32 id) {
    return facilitator.standing(id);
  }
}
