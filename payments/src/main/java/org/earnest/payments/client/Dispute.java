package org.earnest.payments.client;

import java.util.Optional;
import org.earnest.bindings.call.CaptureOperatorCalls;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmSigner;
import org.earnest.payments.capture.CapturePayment;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.permit2.EvmPayments;
import org.earnest.payments.wire.FacilitatorRequest;

/**
 * What a buyer can do about a payment that waits in escrow, as long as its operator's window is
 * open.
 *
 * @param payment as the escrow knows it
 */
public record Dispute(Caip2ChainId chain, PaymentInfo payment) {
  /** Empty for a payment that went to its payee at once. */
  public static Optional<Dispute> about(SignedPayment paid) {
    FacilitatorRequest request = FacilitatorRequest.of(paid.payload(), paid.payload().accepted());
    return EvmPayments.of(request) instanceof Reading.Understood<?> understood
            && understood.value() instanceof CapturePayment held
        ? Optional.of(new Dispute(held.price().asset().chain(), held.info()))
        : Optional.empty();
  }

  /**
   * Keeps the seller from capturing until the arbiter has decided. Anybody may send the call, so
   * that a buyer needs no gas.
   *
   * @param payer who signed the payment
   */
  public ChainCall freeze(EvmSigner payer) {
    return new CaptureOperatorCalls(payment)
        .freezeWithSignature(payer.sign(payment.freezeMessage(chain)));
  }

  /** Lets the seller have it at once; the payer sends this. */
  public ChainCall release() {
    return new CaptureOperatorCalls(payment).capture(payment.maxAmount());
  }
}
