package org.earnest.payments.facilitator;

import org.earnest.payments.exact.ExactPayment;

/**
 * A payment that was good when the verifier looked: signed by the payer, for the offer, covered and
 * unspent. Only {@link PaymentVerifier} makes one.
 */
public final class VerifiedPayment {
  private final ExactPayment payment;

  VerifiedPayment(ExactPayment payment) {
    this.payment = payment;
  }

  public ExactPayment payment() {
    return payment;
  }
}
