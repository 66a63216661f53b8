package org.earnest.payments.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.channel.ChannelPayment;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Remedy;
import org.earnest.payments.permit2.EvmPayments;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentPayloadV1;
import org.earnest.payments.wire.WireFormatException;
import org.earnest.payments.wire.X402Version;

/** What a request's headers say about paying. Pure. */
sealed interface PaymentReading {
  /** Nothing was paid. */
  record None() implements PaymentReading {}

  /** The headers cannot be understood: the client is broken, or plays tricks. */
  record Malformed(String code, String detail) implements PaymentReading {}

  /** A payment, but not for this. */
  record Unfit(Refusal refusal) implements PaymentReading {}

  record Fit(Presented presented) implements PaymentReading {}

  /**
   * A payment by terms that are not offered, or not any more.
   *
   * @param presented by its own terms: good for what it was taken for while they were offered
   */
  record Former(Refusal refusal, Presented presented) implements PaymentReading {}

  static PaymentReading of(PaidRequest request, Offer offer) {
    if (!request.payments().isEmpty() && !request.paymentsV1().isEmpty()) {
      // One hop could read the one, and the next the other.
      return new Malformed(
          "ambiguous_payment", "PAYMENT-SIGNATURE and X-PAYMENT came together; send one");
    }
    X402Version version = request.version();
    List<String> headers = version == X402Version.V1 ? request.paymentsV1() : request.payments();
    return switch (headers.size()) {
      case 0 -> new None();
      case 1 -> single(request, offer, version, headers.getFirst());
      default ->
          new Malformed(
              "ambiguous_payment", version.paymentHeader() + " came more than once; send one");
    };
  }

  private static PaymentReading single(
      PaidRequest request, Offer offer, X402Version version, String header) {
    try {
      return switch (version) {
        case V1 -> v1(request, offer, header);
        case V2 -> v2(request, offer, header);
      };
    } catch (WireFormatException refused) {
      return new Malformed(
          "invalid_payment", version.paymentHeader() + ": " + refused.getMessage());
    }
  }

  private static PaymentReading v1(PaidRequest request, Offer offer, String header) {
    PaymentPayloadV1 payment = PaymentHeaders.decode(header, PaymentPayloadV1::parse);
    return offer
        .matching(payment)
        .map(wanted -> read(request, FacilitatorRequest.of(payment.toV2(wanted), wanted), header))
        .orElseGet(PaymentReading::unmatched);
  }

  private static PaymentReading v2(PaidRequest request, Offer offer, String header) {
    PaymentPayload payment = PaymentHeaders.decode(header, PaymentPayload::parse);
    if (payment.resource().filter(what -> !what.url().equals(request.resourceUrl())).isPresent()) {
      return unfit(
          "resource_mismatch",
          "The payment names another resource. " + Remedy.SIGN_ANEW.sentence());
    }
    return offer
        .matching(payment.accepted())
        .map(wanted -> read(request, FacilitatorRequest.of(payment, wanted), header))
        .orElseGet(() -> former(request, payment, header));
  }

  private static PaymentReading former(PaidRequest request, PaymentPayload payment, String header) {
    FacilitatorRequest asked = FacilitatorRequest.of(payment, payment.accepted());
    return !ChannelPayment.isFor(asked) && read(request, asked, header) instanceof Fit fit
        ? new Former(unmatched().refusal(), fit.presented())
        : unmatched();
  }

  private static PaymentReading read(PaidRequest request, FacilitatorRequest asked, String header) {
    if (ChannelPayment.isFor(asked)) {
      return switch (ChannelPayment.of(asked)) {
        case ChannelPayment.Reading.Refused refused ->
            new Unfit(Refusal.of(refused.code(), Optional.of(refused.detail())));
        case ChannelPayment.Reading.Understood understood ->
            fit(
                request,
                header,
                asked,
                understood.payment().key(),
                understood.payment().channel().payer());
      };
    }
    return switch (EvmPayments.of(asked)) {
      case Reading.Refused<EvmPayment> refused ->
          new Unfit(Refusal.of(refused.reason().code(), Optional.of(refused.detail())));
      case Reading.Understood<EvmPayment> understood ->
          fit(request, header, asked, understood.value().key().id(), understood.value().payer());
    };
  }

  private static Fit fit(
      PaidRequest request, String header, FacilitatorRequest asked, Hash32 id, EvmAddress payer) {
    return new Fit(
        new Presented(
            asked,
            id,
            Keccak256.hash(header.getBytes(StandardCharsets.UTF_8)),
            request.binding(),
            PaymentIdentifier.of(asked.payment(), payer),
            payer,
            request.resourceUrl()));
  }

  private static Unfit unmatched() {
    return unfit(
        "no_matching_requirements",
        "The payment accepts an offer that is not made here. " + Remedy.CHOOSE_ANEW.sentence());
  }

  private static Unfit unfit(String code, String detail) {
    return new Unfit(new Refusal(code, detail, false));
  }
}
