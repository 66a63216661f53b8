package org.earnest.payments.server;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.exact.Remedy;
import org.earnest.payments.wire.SettleResponse;

/**
 * Why a payment bought nothing.
 *
 * @param code stable
 * @param detail for a person: what is wrong, and what to do
 * @param retryable whether the same request with the same payment may succeed later
 */
public record Refusal(String code, String detail, boolean retryable) {
  /** A facilitator elsewhere may say anything. */
  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  private static final int MAX_MESSAGE = 300;

  private static final Set<Remedy> KEEPS_THE_PAYMENT =
      Set.of(Remedy.ASK_AGAIN, Remedy.FUND, Remedy.ASK_WHAT_MOVED);

  /** What a facilitator says, with what to do about it. */
  static Refusal of(String reason, Optional<String> message) {
    String code = CODE.matcher(reason).matches() ? reason : "payment_refused";
    Remedy remedy = Reason.of(code).map(Reason::remedy).orElse(Remedy.SIGN_ANEW);
    String what = message.map(Refusal::sentence).orElse("the facilitator refuses the payment. ");
    return new Refusal(
        code, what + remedy.sentence(), remedy == Remedy.ASK_AGAIN || remedy == Remedy.FUND);
  }

  /** A payment that was taken and is not settled; it may still be, so that none may replace it. */
  static Refusal unsettled(SettleResponse settlement) {
    String reason = settlement.errorReason().orElse(Reason.UNEXPECTED_SETTLE_ERROR.code());
    Refusal plain = of(reason, settlement.errorMessage());
    Optional<Remedy> remedy = Reason.of(plain.code()).map(Reason::remedy);
    if (remedy.filter(known -> KEEPS_THE_PAYMENT.contains(known)).isPresent()) {
      return plain;
    }
    return new Refusal(
        plain.code(),
        settlement.errorMessage().map(Refusal::sentence).orElse("The payment is not settled. ")
            + Remedy.ASK_AGAIN.sentence(),
        true);
  }

  private static String sentence(String message) {
    String bounded = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message;
    return bounded.replaceAll("\\p{C}", "?") + ". ";
  }
}
