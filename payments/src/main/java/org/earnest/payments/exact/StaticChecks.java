package org.earnest.payments.exact;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.earnest.bindings.eip712.TransferWithAuthorization;

/** All that is judged of a payment without asking anybody, cheapest first. */
public final class StaticChecks {
  /** What must be left of an authorization's life, so that it can still be mined. */
  public static final Duration MINING_TIME = Duration.ofSeconds(6);

  /** What may be left of it at most, so that no payment hangs open for ever. */
  public static final Duration MAX_LIFETIME = Duration.ofDays(1);

  private StaticChecks() {}

  /** The payment again if its authorization pays the offer and is valid at this time. */
  public static Reading<ExactPayment> judge(ExactPayment payment, Instant now) {
    TransferWithAuthorization signed = payment.authorization();
    ExactRequirements wanted = payment.requirements();
    if (!signed.to().equals(wanted.payTo())) {
      return Reading.refused(Reason.RECIPIENT_MISMATCH, "the authorization pays another account");
    }
    if (!signed.value().equals(wanted.price().atomicUnits())) {
      return Reading.refused(
          Reason.VALUE_MISMATCH, "the authorization's value is not the price, to the atomic unit");
    }
    if (signed.validBefore().compareTo(second(now.plus(MINING_TIME))) < 0) {
      return Reading.refused(
          Reason.VALID_BEFORE,
          "the authorization has expired, or will within %d s".formatted(MINING_TIME.toSeconds()));
    }
    if (signed.validBefore().compareTo(second(now.plus(MAX_LIFETIME))) > 0) {
      return Reading.refused(
          Reason.VALID_BEFORE,
          "the authorization is valid for more than %d h from now"
              .formatted(MAX_LIFETIME.toHours()));
    }
    if (signed.validAfter().compareTo(second(now)) > 0) {
      return Reading.refused(Reason.VALID_AFTER, "the authorization is not valid yet");
    }
    if (Erc6492.isOne(payment.payload().signature()) && payment.deployment().isEmpty()) {
      return Reading.refused(Reason.SIGNATURE, "the signature is no well-formed ERC-6492");
    }
    return new Reading.Understood<>(payment);
  }

  /** Whether a signature is that of a wallet that may have to be deployed (ERC-6492). */
  public static boolean isOfUndeployed(String signature) {
    return Erc6492.isOne(signature);
  }

  private static BigInteger second(Instant instant) {
    return BigInteger.valueOf(instant.getEpochSecond());
  }
}
