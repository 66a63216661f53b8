package org.earnest.payments.facilitator;

import org.earnest.payments.exact.EvmPayment;

/**
 * A payment that was good when the verifier looked: signed by the payer, for the offer, covered and
 * unspent. Only {@link PaymentVerifier} makes one.
 */
public final class VerifiedPayment {
  private final EvmPayment payment;

  VerifiedPayment(EvmPayment payment) {
    this.payment = payment;
  }

  public EvmPayment payment() {
    return payment;
  }
}
