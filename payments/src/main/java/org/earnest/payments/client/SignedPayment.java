package org.earnest.payments.client;

import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentPayloadV1;
import org.earnest.payments.wire.X402Version;

/**
 * A payment as a seller is shown it. Until it expires, whoever has it can bring it on chain, though
 * only to its payee.
 *
 * @param version in which the seller asked
 * @param payload in the words of version 2, whatever the seller speaks
 */
public record SignedPayment(X402Version version, PaymentPayload payload) {
  /** The value of the header that shows it: always the same, to the byte. */
  String header() {
    return switch (version) {
      case V2 -> PaymentHeaders.encode(payload);
      case V1 -> PaymentHeaders.encode(PaymentPayloadV1.of(payload));
    };
  }

  /** Without the signature: whoever reads a log should not hold a payment. */
  @Override
  public String toString() {
    return "SignedPayment[%s, %s atomic units of %s on %s to %s]"
        .formatted(
            version,
            payload.accepted().amount(),
            payload.accepted().asset(),
            payload.accepted().network(),
            payload.accepted().payTo());
  }
}
