package org.earnest.payments.server;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Remedy;
import org.earnest.payments.permit2.EvmPayments;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.WireFormatException;

/** What a request's headers say about paying. Pure. */
sealed interface PaymentReading {
  /** Nothing was paid. */
  record None() implements PaymentReading {}

  /** The headers cannot be understood: the client is broken, or plays tricks. */
  record Malformed(String code, String detail) implements PaymentReading {}

  /** A payment, but not for this. */
  record Unfit(Refusal refusal) implements PaymentReading {}

  record Fit(Presented presented) implements PaymentReading {}

  static PaymentReading of(PaidRequest request, Offer offer) {
    if (request.version1()) {
      // A version 1 header beside a version 2 one could be read by one hop and not by the next.
      return request.payments().isEmpty()
          ? unfit(
              "invalid_x402_version", "x402 version 1 is not served; pay with PAYMENT-SIGNATURE.")
          : new Malformed(
              "ambiguous_payment", "PAYMENT-SIGNATURE and X-PAYMENT came together; send one");
    }
    return switch (request.payments().size()) {
      case 0 -> new None();
      case 1 -> single(request, offer, request.payments().getFirst());
      default ->
          new Malformed("ambiguous_payment", "PAYMENT-SIGNATURE came more than once; send one");
    };
  }

  private static PaymentReading single(PaidRequest request, Offer offer, String header) {
    PaymentPayload payment;
    try {
      payment = PaymentHeaders.decode(header, PaymentPayload::parse);
    } catch (WireFormatException refused) {
      return new Malformed("invalid_payment", "PAYMENT-SIGNATURE: " + refused.getMessage());
    }
    if (payment.resource().filter(what -> !what.url().equals(request.resourceUrl())).isPresent()) {
      return unfit(
          "resource_mismatch",
          "The payment names another resource. " + Remedy.SIGN_ANEW.sentence());
    }
    Optional<PaymentRequirements> wanted = offer.matching(payment.accepted());
    if (wanted.isEmpty()) {
      return unfit(
          "no_matching_requirements",
          "The payment accepts an offer that is not made here. " + Remedy.CHOOSE_ANEW.sentence());
    }
    return switch (EvmPayments.of(FacilitatorRequest.of(payment, wanted.get()))) {
      case Reading.Refused<EvmPayment> refused ->
          new Unfit(Refusal.of(refused.reason().code(), Optional.of(refused.detail())));
      case Reading.Understood<EvmPayment> understood ->
          new Fit(
              new Presented(
                  FacilitatorRequest.of(payment, wanted.get()),
                  understood.value().key().id(),
                  Keccak256.hash(header.getBytes(StandardCharsets.UTF_8)),
                  request.binding()));
    };
  }

  private static PaymentReading unfit(String code, String detail) {
    return new Unfit(new Refusal(code, detail, false));
  }
}
