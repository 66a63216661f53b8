package org.earnest.payments.wire;

/** The versions of the protocol, and the headers in which each speaks. */
public enum X402Version {
  V1(PaymentHeaders.V1_PAYMENT, PaymentHeaders.V1_PAYMENT_RESPONSE),
  V2(PaymentHeaders.PAYMENT_SIGNATURE, PaymentHeaders.PAYMENT_RESPONSE);

  private final String paymentHeader;
  private final String responseHeader;

  X402Version(String paymentHeader, String responseHeader) {
    this.paymentHeader = paymentHeader;
    this.responseHeader = responseHeader;
  }

  /** Client to server. */
  public String paymentHeader() {
    return paymentHeader;
  }

  /** Server to client, once it settled or failed to. */
  public String responseHeader() {
    return responseHeader;
  }
}
