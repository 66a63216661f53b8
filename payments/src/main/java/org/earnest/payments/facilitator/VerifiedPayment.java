package org.earnest.payments.facilitator;

import org.earnest.core.chain.ChainCall;
import org.earnest.payments.exact.EvmPayment;

/**
 * A payment that was good when the verifier looked: signed by the payer, for the offer, covered and
 * unspent. Only {@link PaymentVerifier} makes one.
 */
public final class VerifiedPayment {
  private final EvmPayment payment;
  private final ChainCall transfer;

  VerifiedPayment(EvmPayment payment) {
    this(payment, payment.transfer());
  }

  /**
   * The same where its call was written before, which takes as long as reading the payment.
   *
   * @param transfer what the payment says itself
   */
  VerifiedPayment(EvmPayment payment, ChainCall transfer) {
    this.payment = payment;
    this.transfer = transfer;
  }

  public EvmPayment payment() {
    return payment;
  }

  /** The call that moves the money. */
  ChainCall transfer() {
    return transfer;
  }
}
