package org.earnest.payments.server;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.channel.ChannelPayment;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.exact.Remedy;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.FacilitatorUnavailableException;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;

/**
 * The one attempt that holds a claim: makes the answer, keeps it, moves the money, in its order.
 */
final class Purchase {
  /**
   * After which this claim settles no more, unless the facilitator takes its word back. A
   * transaction that was mined in vain is such an end before it is final: until its validBefore the
   * authorization may still be used, so the buyer is told to sign anew after that. Whatever else a
   * facilitator says, the same payment may be settled yet.
   */
  private static final Set<String> ENDS =
      Set.of(
          Reason.TRANSACTION_FAILED.code(),
          Reason.UPTO_TRANSACTION_FAILED.code(),
          Reason.CAPTURE_TRANSACTION_REVERTED.code(),
          Reason.TRANSFER_EVENT_MISMATCH.code(),
          Reason.AUTHORIZATION_EXPIRED.code());

  /** How the attempt ended. */
  sealed interface Result {
    record Ended(Sale sale) implements Result {}

    /** For good. */
    record Failed(SettleResponse settlement) implements Result {}

    /** The money has moved, and there is no answer yet. */
    record Moved(SettleResponse settlement) implements Result {}

    /** It may still be settled. */
    record NotSettled(SettleResponse settlement) implements Result {}
  }

  private final Facilitator facilitator;
  private final PaymentClaims claims;
  private final Optional<OfferReceipts> receipts;

  Purchase(Facilitator facilitator, PaymentClaims claims, Optional<OfferReceipts> receipts) {
    this.facilitator = facilitator;
    this.claims = claims;
    this.receipts = receipts;
  }

  <X extends Exception> Result run(
      Presented presented,
      PaymentClaims.Opening.Mine mine,
      Settling terms,
      PaidHandler<X> handler,
      TimeBudget budget)
      throws X {
    UUID attempt = mine.attempt();
    if (mine.saved().isPresent()) {
      return settle(presented, attempt, terms, budget, Optional.of(mine.saved().get()));
    }
    return switch (terms.flow()) {
      case AUTHORIZATION -> answerFirst(presented, attempt, terms, handler, budget);
      case UPFRONT, ESCROW -> payFirst(presented, attempt, terms, handler, budget);
    };
  }

  private <X extends Exception> Result answerFirst(
      Presented presented, UUID attempt, Settling terms, PaidHandler<X> handler, TimeBudget budget)
      throws X {
    Answer answer = answer(presented, attempt, handler, claims::release);
    if (answer.isError()) {
      release(presented, attempt);
      return new Result.Ended(new Sale.NotCharged(answer));
    }
    if (answer.isTooLong()) {
      release(presented, attempt);
      return refused(
          500,
          "answer_too_long",
          "The answer is longer than can be sold; nothing was charged. Tell the seller.",
          false);
    }
    if (presented.isOvercharged(answer)) {
      release(presented, attempt);
      return refused(
          500,
          "charge_out_of_range",
          "The answer's price is not within what was permitted; nothing was charged. Tell the seller.",
          false);
    }
    if (!answered(presented, attempt, answer)) {
      return takenOver();
    }
    return settle(presented, attempt, terms, budget, Optional.of(answer));
  }

  /** The claim stays whatever the handler does: what was paid for is owed. */
  private <X extends Exception> Result payFirst(
      Presented presented, UUID attempt, Settling terms, PaidHandler<X> handler, TimeBudget budget)
      throws X {
    Result money = settle(presented, attempt, terms, budget, Optional.empty());
    if (!(money instanceof Result.Moved moved)) {
      return money;
    }
    Answer answer = answer(presented, attempt, handler, claims::pause);
    if (answer.isError() || answer.isTooLong()) {
      pause(presented, attempt);
      return refused(
          503,
          "paid_not_served",
          "The payment was settled, and what it bought could not be made. "
              + Remedy.ASK_AGAIN.sentence(),
          true);
    }
    return answered(presented, attempt, answer)
        ? served(presented, answer, moved.settlement())
        : takenOver();
  }

  private static Result takenOver() {
    return refused(
        409,
        "payment_in_progress",
        "Another request took this payment over. " + Remedy.ASK_AGAIN.sentence(),
        true);
  }

  private boolean answered(Presented presented, UUID attempt, Answer answer) {
    return Uninterrupted.get(
        () -> claims.answered(presented.id(), attempt, answer, PaymentGate.LEASE));
  }

  private void release(Presented presented, UUID attempt) {
    Uninterrupted.run(() -> claims.release(presented.id(), attempt));
  }

  private void pause(Presented presented, UUID attempt) {
    Uninterrupted.run(() -> claims.pause(presented.id(), attempt));
  }

  /** What becomes of a claim. */
  private interface End {
    void of(Hash32 id, UUID attempt);
  }

  private <X extends Exception> Answer answer(
      Presented presented, UUID attempt, PaidHandler<X> handler, End unanswered) throws X {
    boolean answered = false;
    try {
      Answer answer = handler.answer();
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        Uninterrupted.run(() -> unanswered.of(presented.id(), attempt));
      }
    }
  }

  private Result settle(
      Presented presented,
      UUID attempt,
      Settling terms,
      TimeBudget budget,
      Optional<Answer> answer) {
    boolean known = false;
    try {
      FacilitatorRequest asked = presented.settling(answer);
      SettleResponse settlement =
          isForNothing(asked) ? unsettled(presented, asked) : settled(asked, budget);
      Result result = conclude(presented, attempt, terms, answer, settlement);
      known = true;
      return result;
    } catch (FacilitatorUnavailableException unavailable) {
      return new Result.Ended(new Sale.Refused(503, unknown(unavailable)));
    } finally {
      if (!known) {
        pause(presented, attempt);
      }
    }
  }

  /** What turned out to cost nothing, for a payment that was found good. */
  private static boolean isForNothing(FacilitatorRequest asked) {
    return asked.requirements().amount().signum() == 0
        && asked.requirements().scheme().equals(Permit2Requirements.UPTO);
  }

  private static SettleResponse unsettled(Presented presented, FacilitatorRequest asked) {
    return SettleResponse.settled(presented.payer().hex(), "", asked.requirements().network())
        .charging(BigInteger.ZERO);
  }

  private Result conclude(
      Presented presented,
      UUID attempt,
      Settling terms,
      Optional<Answer> answer,
      SettleResponse settlement) {
    if (settlement.success()
        && (movesNothing(presented, answer) || terms.release().allows(settlement))) {
      return answer
          .map(ready -> served(presented, ready, settlement))
          .orElseGet(() -> new Result.Moved(settlement));
    }
    if (settlement.errorReason().filter(ENDS::contains).isPresent()) {
      end(presented, attempt, answer, settlement);
      return new Result.Failed(settlement);
    }
    pause(presented, attempt);
    return new Result.NotSettled(settlement.success() ? unconfirmed(settlement) : settlement);
  }

  /** Where there is no transaction to wait for. */
  private static boolean movesNothing(Presented presented, Optional<Answer> answer) {
    return isForNothing(presented.settling(answer)) || isByVoucher(presented);
  }

  /** What a voucher pays is moved later. */
  private static boolean isByVoucher(Presented presented) {
    return ChannelPayment.of(presented.request())
            instanceof ChannelPayment.Reading.Understood(ChannelPayment payment)
        && payment.payload() instanceof ChannelPayload.Pay;
  }

  /** A claim without an answer has nothing that could be given for it later. */
  private void end(
      Presented presented, UUID attempt, Optional<Answer> answer, SettleResponse settlement) {
    if (answer.isPresent()) {
      Uninterrupted.run(() -> claims.refused(presented.id(), attempt, settlement));
    } else {
      release(presented, attempt);
    }
  }

  private Result served(Presented presented, Answer answer, SettleResponse settlement) {
    SettleResponse told =
        receipts
            .map(
                signing ->
                    signing.signed(
                        settlement,
                        presented.resourceUrl(),
                        presented.settling(Optional.of(answer)).requirements()))
            .orElse(settlement);
    Uninterrupted.run(() -> claims.paid(presented.id(), told));
    return new Result.Ended(new Sale.Served(answer, told));
  }

  private static SettleResponse unconfirmed(SettleResponse settlement) {
    return SettleResponse.failed(
        SettleResponse.PENDING,
        "the payment is on chain, and waits to be sure",
        settlement.payer(),
        settlement.transaction(),
        settlement.network());
  }

  private static Refusal unknown(FacilitatorUnavailableException unavailable) {
    return unavailable
        .obstacle()
        .map(known -> Refusal.of(known.reason().code(), Optional.of(known.detail())))
        .orElseGet(
            () ->
                new Refusal(
                    "settlement_unknown",
                    "It is not known whether the payment was settled; it is never taken twice. "
                        + Remedy.ASK_AGAIN.sentence(),
                    true));
  }

  private SettleResponse settled(FacilitatorRequest asked, TimeBudget budget) {
    SettleResponse first = facilitator.settle(asked, budget.left());
    if (!first.isPending() || first.transaction().isEmpty() || budget.isOver()) {
      return first;
    }
    try {
      return facilitator.settle(asked, budget.left());
    } catch (FacilitatorUnavailableException unavailable) {
      return first;
    }
  }

  private static Result refused(int status, String code, String detail, boolean retryable) {
    return new Result.Ended(Sale.Refused.of(status, code, detail, retryable));
  }
}
