package org.earnest.payments.client;

import org.earnest.payments.wire.PaymentHeaders;

/** The versions of the protocol that a seller may speak. */
public enum X402Version {
  V1(PaymentHeaders.V1_PAYMENT, PaymentHeaders.V1_PAYMENT_RESPONSE),
  V2(PaymentHeaders.PAYMENT_SIGNATURE, PaymentHeaders.PAYMENT_RESPONSE);

  private final String paymentHeader;
  private final String responseHeader;

  X402Version(String paymentHeader, String responseHeader) {
    this.paymentHeader = paymentHeader;
    this.responseHeader = responseHeader;
  }

  String paymentHeader() {
    return paymentHeader;
  }

  String responseHeader() {
    return responseHeader;
  }
}
