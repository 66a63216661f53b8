package org.earnest.payments.server;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.exact.Remedy;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.FacilitatorUnavailableException;
import org.earnest.payments.wire.SettleResponse;

/** The one attempt that holds a claim: runs the handler, keeps its answer, moves the money. */
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
          Reason.TRANSFER_EVENT_MISMATCH.code(),
          Reason.AUTHORIZATION_EXPIRED.code());

  /** How the attempt ended. */
  sealed interface Result {
    record Ended(Sale sale) implements Result {}

    /** For good. */
    record Failed(SettleResponse settlement) implements Result {}

    /** It may still be settled. */
    record NotSettled(SettleResponse settlement) implements Result {}
  }

  private final Facilitator facilitator;
  private final PaymentClaims claims;

  Purchase(Facilitator facilitator, PaymentClaims claims) {
    this.facilitator = facilitator;
    this.claims = claims;
  }

  Result run(
      Presented presented, PaymentClaims.Opening.Mine mine, PaidHandler handler, TimeBudget budget)
      throws Exception {
    UUID attempt = mine.attempt();
    if (mine.saved().isPresent()) {
      return settle(presented, attempt, mine.saved().get(), budget);
    }
    Answer answer = answer(presented, attempt, handler);
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
    if (!answered(presented, attempt, answer)) {
      return refused(
          409,
          "payment_in_progress",
          "Another request took this payment over. " + Remedy.ASK_AGAIN.sentence(),
          true);
    }
    return settle(presented, attempt, answer, budget);
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

  private Answer answer(Presented presented, UUID attempt, PaidHandler handler) throws Exception {
    boolean answered = false;
    try {
      Answer answer = handler.answer();
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        release(presented, attempt);
      }
    }
  }

  private Result settle(Presented presented, UUID attempt, Answer answer, TimeBudget budget) {
    boolean known = false;
    try {
      Result result = conclude(presented, attempt, answer, settled(presented, budget));
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

  private Result conclude(
      Presented presented, UUID attempt, Answer answer, SettleResponse settlement) {
    if (settlement.success()) {
      Uninterrupted.run(() -> claims.paid(presented.id(), settlement));
      return new Result.Ended(new Sale.Served(answer, settlement));
    }
    if (settlement.errorReason().filter(ENDS::contains).isPresent()) {
      Uninterrupted.run(() -> claims.refused(presented.id(), attempt, settlement));
      return new Result.Failed(settlement);
    }
    pause(presented, attempt);
    return new Result.NotSettled(settlement);
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

  private SettleResponse settled(Presented presented, TimeBudget budget) {
    SettleResponse first = facilitator.settle(presented.request(), budget.left());
    if (!first.isPending() || first.transaction().isEmpty() || budget.isOver()) {
      return first;
    }
    try {
      return facilitator.settle(presented.request(), budget.left());
    } catch (FacilitatorUnavailableException unavailable) {
      return first;
    }
  }

  private static Result refused(int status, String code, String detail, boolean retryable) {
    return new Result.Ended(Sale.Refused.of(status, code, detail, retryable));
  }
}
