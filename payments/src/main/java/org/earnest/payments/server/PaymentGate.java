package org.earnest.payments.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.earnest.payments.channel.ChannelPayment;
import org.earnest.payments.escrow.EscrowTill;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.exact.Remedy;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.FacilitatorUnavailableException;
import org.earnest.payments.facilitator.SettlementState;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.VerifyResponse;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets a request through for a payment: verify, claim, handler, settle, answer. The claim comes
 * before the handler, so that of many equal requests one runs it and the others share its answer.
 */
public final class PaymentGate {
  /** How long a request waits for its twin. */
  static final Duration TWIN_PATIENCE = Duration.ofSeconds(10);

  static final Duration TWIN_POLL = Duration.ofMillis(25);

  /** After which an attempt counts as dead; longer than a host lets a request live. */
  static final Duration LEASE = Duration.ofSeconds(60);

  private static final byte[] REFUNDED =
      "{\"message\":\"Refund acknowledged\"}".getBytes(StandardCharsets.UTF_8);

  private final Facilitator facilitator;
  private final PaymentClaims claims;
  private final Purchase purchase;
  private final Optional<OfferReceipts> receipts;
  private final Duration time;

  public PaymentGate(Facilitator facilitator, PaymentClaims claims) {
    this(facilitator, claims, TimeBudget.REQUEST);
  }

  /** One that signs what it offers and what it was paid. */
  public PaymentGate(Facilitator facilitator, PaymentClaims claims, OfferReceipts receipts) {
    this(facilitator, claims, Optional.of(receipts), TimeBudget.REQUEST);
  }

  /**
   * One with another time for requests.
   *
   * @param time for all of it, the handler's included
   */
  PaymentGate(Facilitator facilitator, PaymentClaims claims, Duration time) {
    this(facilitator, claims, Optional.empty(), time);
  }

  private PaymentGate(
      Facilitator facilitator,
      PaymentClaims claims,
      Optional<OfferReceipts> receipts,
      Duration time) {
    this.time = time;
    this.facilitator = facilitator;
    this.claims = claims;
    this.receipts = receipts;
    this.purchase = new Purchase(facilitator, claims, receipts);
  }

  /**
   * Whether what is paid for this offer would be remembered.
   *
   * @throws IllegalArgumentException for one into escrow, where no {@link EscrowTill} stands before
   *     the facilitator: its money would never be captured
   */
  public void requireServes(Offer offer) {
    if (offer.settling().flow() == Settling.Flow.ESCROW && !(facilitator instanceof EscrowTill)) {
      throw new IllegalArgumentException(
          "what is paid into escrow is captured only where an EscrowTill stands before the"
              + " facilitator");
    }
  }

  /**
   * Serves one request.
   *
   * @throws IllegalArgumentException as of {@link #requireServes}
   * @throws X what the handler throws; nothing is charged then
   * @throws InterruptedException while it waited for an equal request
   */
  public <X extends Exception> Sale serve(PaidRequest request, Offer offer, PaidHandler<X> handler)
      throws X, InterruptedException {
    requireServes(offer);
    TimeBudget budget = new TimeBudget(time);
    return switch (PaymentReading.of(request, offer)) {
      case PaymentReading.None none -> unpaid(offer, request);
      case PaymentReading.Unfit unfit -> needed(offer, request, unfit.refusal(), Optional.empty());
      case PaymentReading.Former former ->
          isClaimed(former.presented())
              ? sell(request, offer, handler, former.presented(), budget)
              : needed(offer, request, former.refusal(), Optional.empty());
      case PaymentReading.Malformed malformed ->
          Sale.Refused.of(400, malformed.code(), malformed.detail(), false);
      case PaymentReading.Fit fit -> sell(request, offer, handler, fit.presented(), budget);
    };
  }

  /** What was taken while its terms were offered is owed by them, though the price has changed. */
  private boolean isClaimed(Presented presented) {
    return claims.find(presented.id()).filter(claim -> claim.isFor(presented)).isPresent();
  }

  private <X extends Exception> Sale sell(
      PaidRequest request,
      Offer offer,
      PaidHandler<X> handler,
      Presented presented,
      TimeBudget budget)
      throws X, InterruptedException {
    if (isMisnamed(presented)) {
      return misnamed();
    }
    Optional<Claim> known = claims.find(presented.id());
    if (known.isEmpty()) {
      Optional<Sale> refusal = verify(request, offer, presented);
      // A twin may have settled between the look and the verdict.
      known = refusal.isPresent() ? claims.find(presented.id()) : known;
      if (refusal.isPresent() && known.isEmpty()) {
        return refusal.get();
      }
    }
    // Equal to a payment that was verified when it was claimed: its nonce may be used by now, so
    // it needs no verdict. Anything else under its key was never verified and gets no claim.
    if (known.filter(claim -> !claim.isFor(presented)).isPresent()) {
      // A buyer that lost its memory shows a voucher again, and is told how its channel stands.
      return ChannelPayment.isFor(presented.request())
          ? verify(request, offer, presented).orElseGet(PaymentGate::used)
          : used();
    }
    return claim(request, offer, served(handler, presented), presented, budget);
  }

  /** Who asks for a channel's rest buys nothing. */
  private static <X extends Exception> PaidHandler<X> served(
      PaidHandler<X> handler, Presented presented) {
    return ChannelPayment.of(presented.request())
                instanceof ChannelPayment.Reading.Understood(ChannelPayment payment)
            && payment.isRefund()
        ? () -> new Answer(200, Optional.of("application/json"), REFUNDED)
        : handler;
  }

  private boolean isMisnamed(Presented presented) {
    return presented
        .identifier()
        .flatMap(claims::named)
        .filter(payment -> !payment.equals(presented.id()))
        .isPresent();
  }

  private Optional<Sale> verify(PaidRequest request, Offer offer, Presented presented) {
    try {
      VerifyResponse verdict = facilitator.verify(presented.request());
      return verdict.isValid()
          ? Optional.empty()
          : Optional.of(
              needed(
                  corrected(offer, presented, verdict),
                  request,
                  Refusal.of(
                      verdict.invalidReason().orElse(Reason.INVALID_PAYLOAD.code()),
                      verdict.invalidMessage()),
                  Optional.empty()));
    } catch (FacilitatorUnavailableException unavailable) {
      return Optional.of(
          Sale.Refused.of(
              503,
              "facilitator_unavailable",
              "The payment cannot be verified now; nothing was charged. "
                  + Remedy.ASK_AGAIN.sentence(),
              true));
    }
  }

  /** A buyer whose channel stands otherwise than it thinks is told how. */
  private static Offer corrected(Offer offer, Presented presented, VerifyResponse verdict) {
    return verdict.rest().get("extra") instanceof ObjectNode more
        ? offer.saying(presented.request().requirements(), more)
        : offer;
  }

  private <X extends Exception> Sale claim(
      PaidRequest request,
      Offer offer,
      PaidHandler<X> handler,
      Presented presented,
      TimeBudget budget)
      throws X, InterruptedException {
    long looks = TWIN_PATIENCE.dividedBy(TWIN_POLL);
    for (long look = 0; look < looks; look++) {
      PaymentClaims.Opening opening =
          claims.open(
              presented.id(),
              presented.fingerprint(),
              presented.binding(),
              presented.identifier(),
              LEASE);
      Optional<Sale> sale =
          switch (opening) {
            case PaymentClaims.Opening.Mine mine ->
                Optional.of(
                    conclusion(
                        request,
                        offer,
                        purchase.run(presented, mine, offer.settling(), handler, budget)));
            case PaymentClaims.Opening.Misnamed misnamed -> Optional.of(misnamed());
            case PaymentClaims.Opening.Taken taken ->
                taken.claim().isFor(presented)
                    ? settled(request, offer, taken.claim())
                    : Optional.of(used());
          };
      if (sale.isPresent()) {
        return sale.get();
      }
      Thread.sleep(TWIN_POLL);
    }
    return Sale.Refused.of(
        409,
        "payment_in_progress",
        "The payment is being served to another request. " + Remedy.ASK_AGAIN.sentence(),
        true);
  }

  /** Empty while it is open, and where the chain has taken its end back. */
  private Optional<Sale> settled(PaidRequest request, Offer offer, Claim claim) {
    return isTakenBack(claim) && claims.reopen(claim.id())
        ? Optional.empty()
        : ended(request, offer, claim.state());
  }

  private boolean isTakenBack(Claim claim) {
    return switch (claim.state()) {
      case Claim.State.Running running -> false;
      case Claim.State.Answered answered -> false;
      case Claim.State.Abandoned abandoned -> false;
      case Claim.State.Paid paid -> contradicted(claim, SettlementState.SETTLED);
      case Claim.State.Refused refused -> contradicted(claim, SettlementState.FAILED);
    };
  }

  /** Only what the facilitator says takes an end back, not that it says nothing. */
  private boolean contradicted(Claim claim, SettlementState end) {
    try {
      return facilitator.standing(claim.id()).filter(now -> now != end).isPresent();
    } catch (FacilitatorUnavailableException unavailable) {
      return false;
    }
  }

  private Optional<Sale> ended(PaidRequest request, Offer offer, Claim.State state) {
    return switch (state) {
      case Claim.State.Running running -> Optional.empty();
      case Claim.State.Answered answered -> Optional.empty();
      case Claim.State.Abandoned abandoned -> Optional.of(abandoned());
      case Claim.State.Refused refused -> Optional.of(failed(request, offer, refused.settlement()));
      case Claim.State.Paid paid ->
          Optional.of(
              paid.answer()
                  .<Sale>map(answer -> new Sale.Served(answer, paid.settlement()))
                  .orElseGet(PaymentGate::used));
    };
  }

  private Sale conclusion(PaidRequest request, Offer offer, Purchase.Result result) {
    return switch (result) {
      case Purchase.Result.Ended ended -> ended.sale();
      case Purchase.Result.Failed failed -> failed(request, offer, failed.settlement());
      case Purchase.Result.Moved moved ->
          throw new IllegalStateException("paid, and neither answered nor refused");
      case Purchase.Result.NotSettled open ->
          needed(
              offer, request, Refusal.unsettled(open.settlement()), Optional.of(open.settlement()));
    };
  }

  private Sale failed(PaidRequest request, Offer offer, SettleResponse settlement) {
    return needed(
        offer,
        request,
        Refusal.of(
            settlement.errorReason().orElse(Reason.UNEXPECTED_SETTLE_ERROR.code()),
            settlement.errorMessage()),
        Optional.of(settlement));
  }

  private static Sale used() {
    return Sale.Refused.of(
        409,
        "payment_already_used",
        "The payment's nonce has bought something before. " + Remedy.SIGN_ANEW.sentence(),
        false);
  }

  private static Sale misnamed() {
    return Sale.Refused.of(
        409,
        "payment_identifier_used",
        "Another payment has this identifier. Send that payment again, or take a new identifier.",
        false);
  }

  private static Sale abandoned() {
    return Sale.Refused.of(
        409,
        "payment_already_used",
        "The answer to this payment is no longer kept. " + Remedy.ASK_WHAT_MOVED.sentence(),
        false);
  }

  private Sale unpaid(Offer offer, PaidRequest request) {
    return new Sale.PaymentNeeded(
        required(offer, request, "Payment required"),
        new Refusal(
            "payment_required",
            "This costs. Sign one of the offers in PAYMENT-REQUIRED and send the request again"
                + " with PAYMENT-SIGNATURE.",
            false),
        Optional.empty());
  }

  private Sale needed(
      Offer offer, PaidRequest request, Refusal refusal, Optional<SettleResponse> settlement) {
    return new Sale.PaymentNeeded(required(offer, request, refusal.code()), refusal, settlement);
  }

  private PaymentRequired required(Offer offer, PaidRequest request, String error) {
    PaymentRequired plain = offer.required(request.resourceUrl(), error);
    return receipts.map(signing -> signing.signed(plain)).orElse(plain);
  }
}
