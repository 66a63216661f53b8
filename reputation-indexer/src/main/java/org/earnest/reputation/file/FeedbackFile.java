package org.earnest.reputation.file;

import java.util.Optional;
import org.earnest.kit.json.JsonRefusedException;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.JsonNode;

/**
 * What a client says beyond its feedback's numbers (ERC-8004, "Off-chain feedback file").
 *
 * @param payment what it says of a payment
 */
public record FeedbackFile(Payment payment) {
  private static final String CLAIM = "proofOfPayment";

  /** What a file says of a payment. */
  public sealed interface Payment {
    record None() implements Payment {}

    record Senseless() implements Payment {}

    record Claimed(PaymentClaim claim) implements Payment {}
  }

  /**
   * Reads one.
   *
   * @throws JsonRefusedException where it is not JSON
   * @throws IllegalArgumentException where it is no feedback file; the message may be shown
   */
  public static FeedbackFile parse(Content content) {
    JsonNode file = StrictJson.readTree(content.bytes());
    if (!file.isObject()) {
      throw new IllegalArgumentException("a feedback file is a JSON object");
    }
    return new FeedbackFile(
        Optional.ofNullable(file.get(CLAIM))
            .filter(claim -> !claim.isNull())
            .map(FeedbackFile::payment)
            .orElseGet(Payment.None::new));
  }

  private static Payment payment(JsonNode claim) {
    return PaymentClaim.parse(claim)
        .<Payment>map(Payment.Claimed::new)
        .orElseGet(Payment.Senseless::new);
  }
}
