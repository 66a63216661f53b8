package org.earnest.payments.server;

import java.util.Optional;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.SettleResponse;

/** What becomes of a request for something that costs. */
public sealed interface Sale {
  /** Paid for: 200 with PAYMENT-RESPONSE, now or again. */
  record Served(Answer answer, SettleResponse settlement) implements Sale {}

  /** The handler itself refused or failed: its own answer, and nothing was charged. */
  record NotCharged(Answer answer) implements Sale {}

  /**
   * 402.
   *
   * @param refusal why, and what to do
   * @param settlement present when a payment was made and not settled
   */
  record PaymentNeeded(
      PaymentRequired required, Refusal refusal, Optional<SettleResponse> settlement)
      implements Sale {}

  /**
   * The request ends with a problem.
   *
   * @param status HTTP's
   */
  record Refused(int status, Refusal refusal) implements Sale {
    static Refused of(int status, String code, String detail, boolean retryable) {
      return new Refused(status, new Refusal(code, detail, retryable));
    }
  }
}
