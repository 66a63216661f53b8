package org.earnest.cli.x402;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.earnest.bindings.call.CaptureReads;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.core.chain.Hash32;

/**
 * How a payment in escrow stands.
 *
 * @param now the chain's second of 1970
 */
record EscrowStanding(
    PaymentInfo payment, Hash32 id, CaptureReads.Money money, CaptureReads.Hold hold, long now) {
  /** What can happen next. */
  enum State {
    /** Its buyer can freeze it, or let the seller have it. */
    FREEZABLE,
    /** Its arbiter has to decide. */
    FROZEN,
    /** Its seller can fetch it. */
    CAPTURABLE,
    /** Nobody fetched it in time: its buyer takes it back. */
    RECLAIMABLE,
    /** Its seller has some or all of it. */
    CAPTURED,
    /** Its buyer has all of it again. */
    RETURNED
  }

  State state() {
    if (money.capturable().signum() == 0) {
      return money.refundable().signum() == 0 ? State.RETURNED : State.CAPTURED;
    }
    if (now >= payment.authorizationExpiry()) {
      return State.RECLAIMABLE;
    }
    if (hold.frozen()) {
      return State.FROZEN;
    }
    return now < hold.freezableUntil() ? State.FREEZABLE : State.CAPTURABLE;
  }

  String stateName() {
    return state().name().toLowerCase(Locale.ROOT);
  }

  /** For a program. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("payment", id.hex());
    figures.put("state", stateName());
    figures.put("payer", ChecksumAddress.of(payment.payer()));
    figures.put("payTo", ChecksumAddress.of(payment.receiver()));
    figures.put("operator", ChecksumAddress.of(payment.operator()));
    figures.put("token", ChecksumAddress.of(payment.token()));
    figures.put("amountAtomicUnits", payment.maxAmount().toString());
    figures.put("heldAtomicUnits", money.capturable().toString());
    figures.put("capturedAtomicUnits", money.refundable().toString());
    figures.put("freezableUntil", second(hold.freezableUntil()));
    figures.put("capturableUntil", second(payment.authorizationExpiry()));
    figures.put("refundableUntil", second(payment.refundExpiry()));
    return figures;
  }

  /** For a person. */
  String line() {
    return "%s  %s: %s atomic units from %s to %s, %s"
        .formatted(
            id.hex(),
            stateName(),
            payment.maxAmount(),
            payment.payer(),
            payment.receiver(),
            next());
  }

  private String next() {
    return switch (state()) {
      case FREEZABLE -> "which its buyer can freeze until " + second(hold.freezableUntil());
      case FROZEN -> "which its arbiter divides until " + second(payment.authorizationExpiry());
      case CAPTURABLE ->
          "which its seller can capture until " + second(payment.authorizationExpiry());
      case RECLAIMABLE -> "which its buyer can reclaim";
      case CAPTURED ->
          "%s of which its seller has, and can refund until %s"
              .formatted(money.refundable(), second(payment.refundExpiry()));
      case RETURNED -> "which its buyer has again";
    };
  }

  static String second(long second) {
    return Instant.ofEpochSecond(second).toString();
  }
}
