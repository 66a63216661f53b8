package org.earnest.payments.permit2;

import org.earnest.payments.capture.CapturePayment;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.ExactPayment;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.exact.PaymentTerms;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentRequirements;

/** Every way to pay by one signature. */
public final class EvmPayments {
  private EvmPayments() {}

  /** Reads a payment, of whichever way its offer is. */
  public static Reading<EvmPayment> of(FacilitatorRequest request) {
    if (CaptureTerms.isAskedFor(request.requirements())) {
      return CapturePayment.of(request);
    }
    return Permit2Requirements.isAskedFor(request.requirements())
        ? ByPermit2.of(request)
        : ExactPayment.of(request).then(Reading.Understood::new);
  }

  /** Reads what an offer asks. */
  public static Reading<PaymentTerms> terms(PaymentRequirements offer) {
    if (CaptureTerms.isAskedFor(offer)) {
      return CaptureTerms.of(offer).then(Reading.Understood::new);
    }
    return Permit2Requirements.isAskedFor(offer)
        ? Permit2Requirements.of(offer).then(Reading.Understood::new)
        : ExactRequirements.of(offer).then(Reading.Understood::new);
  }
}
