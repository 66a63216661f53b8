package org.earnest.payments.check;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.bindings.eip712.Permit2Payment;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.payments.capture.CapturePayment;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.exact.PaymentTerms;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.Permit2Payload;
import tools.jackson.databind.node.ObjectNode;

/** A payment as it should be, but for an empty account, and signed by somebody else. */
final class Forgery {
  private Forgery() {}

  /** The header that shows it; empty where nothing is offered that could be paid like that. */
  static Optional<String> of(PaymentRequired required) {
    for (PaymentRequirements way : required.accepts()) {
      Optional<ObjectNode> payload = WayChecks.understood(way).flatMap(Forgery::payload);
      if (payload.isPresent()) {
        return Optional.of(PaymentHeaders.encode(PaymentPayload.of(required, way, payload.get())));
      }
    }
    return Optional.empty();
  }

  /** A channel of nobody's holds nothing, so that its vouchers say nothing of a server. */
  private static Optional<ObjectNode> payload(PaymentTerms terms) {
    LocalSigner nobody = LocalSigner.random();
    BigInteger end = BigInteger.valueOf(Instant.now().plus(terms.maxTimeout()).getEpochSecond());
    return switch (terms) {
      case ExactRequirements exact -> Optional.of(exact(exact, nobody, end));
      case Permit2Requirements permit2 -> Optional.of(permit2(permit2, nobody, end));
      case CaptureTerms escrow -> Optional.of(escrow(escrow, nobody, end));
      default -> Optional.empty();
    };
  }

  private static ObjectNode exact(ExactRequirements offer, LocalSigner nobody, BigInteger end) {
    TransferWithAuthorization authorization =
        new TransferWithAuthorization(
            nobody.address(),
            offer.payTo(),
            offer.price().atomicUnits(),
            BigInteger.ZERO,
            end,
            nonce(nobody));
    byte[] signature = LocalSigner.random().sign(authorization.digest(offer.domain()));
    return new ExactEvmPayload(Hex.encode(signature), authorization).toJson();
  }

  private static ObjectNode permit2(Permit2Requirements offer, LocalSigner nobody, BigInteger end) {
    Permit2Payment authorization =
        new Permit2Payment(
            nobody.address(),
            offer.price().asset().token(),
            offer.price().atomicUnits(),
            new BigInteger(1, nonce(nobody).bytes()),
            end,
            offer.payTo(),
            offer.facilitator(),
            BigInteger.ZERO);
    byte[] signature =
        LocalSigner.random().sign(authorization.message(offer.price().asset().chain()));
    return Permit2Payload.of(authorization, signature).toJson();
  }

  private static ObjectNode escrow(CaptureTerms offer, LocalSigner nobody, BigInteger end) {
    Hash32 salt = nonce(nobody);
    PaymentInfo info =
        offer.payment(nobody.address(), end.longValueExact(), new BigInteger(1, salt.bytes()));
    ReceiveWithAuthorization authorization =
        new ReceiveWithAuthorization(
            nobody.address(),
            PaymentInfo.COLLECTOR,
            offer.price().atomicUnits(),
            BigInteger.ZERO,
            end,
            info.nonce(offer.price().asset().chain()));
    byte[] signature = LocalSigner.random().sign(authorization.message(offer.domain()));
    return new CapturePayment(offer, authorization, Hex.encode(signature), salt).toPayload();
  }

  private static Hash32 nonce(LocalSigner nobody) {
    return Keccak256.hash(nobody.address().hex().getBytes(StandardCharsets.UTF_8));
  }
}
