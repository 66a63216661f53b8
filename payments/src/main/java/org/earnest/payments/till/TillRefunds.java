package org.earnest.payments.till;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.eip712.ChannelRefund;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hex;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ChannelPayment;
import org.earnest.payments.channel.ChannelReason;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.FacilitatorUnavailableException;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.SettleResponse;

/**
 * Gives back to buyers what they ask for. A refund is signed once for each payment that asks for it
 * and kept before it is shown: asked again, it is the very same one, which the hub gives once.
 */
final class TillRefunds {
  private final Facilitator facilitator;
  private final ChannelLedger ledger;
  private final ChannelClaims claims;
  private final EvmSigner authorizer;
  private final InstantSource clock;

  TillRefunds(
      Facilitator facilitator, ChannelLedger ledger, EvmSigner authorizer, InstantSource clock) {
    this.facilitator = facilitator;
    this.ledger = ledger;
    this.claims = new ChannelClaims(authorizer);
    this.authorizer = authorizer;
    this.clock = clock;
  }

  SettleResponse refund(
      FacilitatorRequest request,
      ChannelPayment payment,
      ChannelPayload.Refund refund,
      Duration patience) {
    return ledger
        .refund(payment.id(), payment.key())
        .filter(kept -> refund.amount().isPresent() || !isFilledUp(payment, kept))
        .map(kept -> given(request, payment, kept, patience))
        .orElseGet(() -> begin(request, payment, refund, patience));
  }

  /** The rest of a channel that was filled up after its refund is another rest. */
  private boolean isFilledUp(ChannelPayment payment, ChannelPayload.SignedRefund kept) {
    boolean filled =
        ledger
            .find(payment.id())
            .filter(now -> kept.nonce().compareTo(now.state().refundNonce()) < 0)
            .filter(now -> now.left().signum() > 0)
            .isPresent();
    if (filled) {
      ledger.asking(kept).ifPresent(asking -> ledger.forgotten(kept, asking));
    }
    return filled;
  }

  private SettleResponse begin(
      FacilitatorRequest request,
      ChannelPayment payment,
      ChannelPayload.Refund refund,
      Duration patience) {
    Optional<ChannelAccount> known = ledger.find(payment.id());
    if (known.isEmpty()) {
      return ChannelTill.failed(
          payment, ChannelReason.MISSING_CHANNEL, "the channel is not known here");
    }
    boolean begun = known.get().withheld().signum() > 0;
    BigInteger left = begun ? known.get().withheld() : known.get().left();
    BigInteger amount = refund.amount().orElse(left);
    if (left.signum() <= 0) {
      return ChannelTill.failed(
          payment, ChannelReason.REFUND_NO_BALANCE, "nothing is left in the channel");
    }
    if (amount.signum() == 0 || amount.compareTo(left) > 0) {
      return ChannelTill.failed(
          payment, ChannelReason.REFUND_AMOUNT_INVALID, "so much is not left");
    }
    return ledger
        .withhold(payment.id(), payment.key(), amount)
        .flatMap(
            account ->
                ledger.keep(payment.key(), signed(payment.payload().voucher(), account, amount)))
        .map(kept -> given(request, payment, kept, patience))
        .orElseGet(() -> busy(payment));
  }

  private static SettleResponse busy(ChannelPayment payment) {
    return ChannelTill.failed(
        payment,
        ChannelReason.CHANNEL_BUSY,
        "another refund is under way, or something is being sold: ask again");
  }

  private SettleResponse given(
      FacilitatorRequest request,
      ChannelPayment payment,
      ChannelPayload.SignedRefund kept,
      Duration patience) {
    return ledger
        .asking(kept)
        .map(asking -> given(request, payment, kept, asking, patience))
        .orElseGet(() -> busy(payment));
  }

  private SettleResponse given(
      FacilitatorRequest request,
      ChannelPayment payment,
      ChannelPayload.SignedRefund kept,
      long asking,
      Duration patience) {
    Instant asked = clock.instant();
    SettleResponse response = answer(request, kept, patience);
    Optional<ChannelState> state =
        ChannelState.read(response.rest().path(ChannelTill.EXTRA).path(ChannelTill.STATE));
    if (response.success() && state.isPresent()) {
      return response.with(
          ChannelTill.told(seen(request, payment, state.get(), asked), Optional.empty()));
    }
    if (isRefused(response)) {
      Instant looked = clock.instant();
      ChannelState.read(facilitator.verify(request).rest().path(ChannelTill.EXTRA))
          .map(now -> seen(request, payment, now, looked))
          .ifPresent(account -> conclude(account, kept, asking, response));
    }
    return response;
  }

  private SettleResponse answer(
      FacilitatorRequest request, ChannelPayload.SignedRefund kept, Duration patience) {
    SettleResponse response;
    try {
      response = facilitator.settle(passedOn(request, kept), patience);
    } catch (FacilitatorUnavailableException away) {
      // Without an obstacle nobody knows whether the facilitator still goes on with it.
      if (away.obstacle().isPresent()) {
        ledger.answered(kept);
      }
      throw away;
    }
    ledger.answered(kept);
    return response;
  }

  /** Where another refund stands in its way, nothing is said of this one. */
  private static boolean isRefused(SettleResponse response) {
    return !response.success()
        && !response.isPending()
        && response.errorReason().filter(ChannelReason.CHANNEL_BUSY.code()::equals).isEmpty();
  }

  private void conclude(
      ChannelAccount account,
      ChannelPayload.SignedRefund kept,
      long asking,
      SettleResponse response) {
    if (kept.nonce().compareTo(account.state().refundNonce()) < 0) {
      ledger.forgotten(kept, asking);
    } else if (response.transaction().isEmpty()) {
      ledger.released(kept, asking);
    } else if (kept.nonce().equals(account.state().refundNonce())) {
      // What was mined in vain is public, and may be shown to the hub again: that stays withheld.
      // Beside it goes what can be claimed by now, as an old claim may be why it was in vain.
      ledger.renewed(signed(kept.voucher(), account, kept.amount()), asking);
    }
  }

  private ChannelAccount seen(
      FacilitatorRequest request, ChannelPayment payment, ChannelState state, Instant at) {
    return ledger.seen(payment.id(), payment.channel(), request.requirements(), state, at);
  }

  private ChannelPayload.SignedRefund signed(
      ChannelPayload.Voucher voucher, ChannelAccount account, BigInteger amount) {
    BigInteger nonce = account.state().refundNonce();
    byte[] message =
        new ChannelRefund(account.id(), nonce, amount)
            .message(ChannelContracts.domain(ChannelClaims.chain(account)));
    List<VoucherClaim> open = account.claim().stream().toList();
    return new ChannelPayload.SignedRefund(
        account.channel(),
        voucher,
        amount,
        nonce,
        open,
        Optional.of(Hex.encode(authorizer.sign(message))),
        open.isEmpty() ? Optional.empty() : Optional.of(claims.signature(List.of(account))));
  }

  private static FacilitatorRequest passedOn(
      FacilitatorRequest request, ChannelPayload.SignedRefund refund) {
    PaymentPayload asked = request.payment();
    return new FacilitatorRequest(
        new PaymentPayload(
            asked.resource(), asked.accepted(), refund.toJson(), asked.extensions(), asked.rest()),
        request.requirements(),
        request.rest());
  }
}
