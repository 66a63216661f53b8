package org.earnest.payments.escrow;

import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;

/** A payment that was fetched into escrow for a seller. */
public record HeldPayment(Caip2ChainId chain, PaymentInfo payment) {
  /** Its id in the escrow. */
  public Hash32 id() {
    return payment.id(chain);
  }
}
