package org.earnest.payments.client;

import java.time.Duration;
import java.time.Instant;

/** A payment that was signed and whose end is not known. */
record OpenPayment(Spending spending, SignedPayment payment) {
  /** So long after its end a payment counts as unusable, as the chain's clock may be behind. */
  static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  boolean isOver(Instant now) {
    return now.isAfter(spending.end().plus(CLOCK_TOLERANCE));
  }
}
