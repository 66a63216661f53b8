package org.earnest.core.payment;

import org.earnest.core.chain.SignerUnavailableException;

/** Makes verifiable credentials of receipts. */
@FunctionalInterface
public interface ReceiptCredentials {
  /**
   * A secured credential about the payment, JSON.
   *
   * @throws SignerUnavailableException when the issuer's key could not be asked
   */
  String issue(PaymentReceipt receipt);
}
