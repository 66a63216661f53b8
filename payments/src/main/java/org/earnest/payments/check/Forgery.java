package org.earnest.payments.check;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;

/** A payment as it should be, but for an empty account, and signed by somebody else. */
final class Forgery {
  private Forgery() {}

  /** The header that shows it; empty where nothing is offered that could be paid like that. */
  static Optional<String> of(PaymentRequired required) {
    for (PaymentRequirements way : required.accepts()) {
      Optional<ExactRequirements> offer = OfferChecks.understood(way);
      if (offer.isPresent()) {
        return Optional.of(
            PaymentHeaders.encode(PaymentPayload.of(required, way, forged(offer.get()).toJson())));
      }
    }
    return Optional.empty();
  }

  private static ExactEvmPayload forged(ExactRequirements offer) {
    LocalSigner nobody = LocalSigner.random();
    Hash32 nonce = Keccak256.hash(nobody.address().hex().getBytes(StandardCharsets.UTF_8));
    TransferWithAuthorization authorization =
        new TransferWithAuthorization(
            nobody.address(),
            offer.payTo(),
            offer.price().atomicUnits(),
            BigInteger.ZERO,
            BigInteger.valueOf(Instant.now().plus(offer.maxTimeout()).getEpochSecond()),
            nonce);
    byte[] signature = LocalSigner.random().sign(authorization.digest(offer.domain()));
    return new ExactEvmPayload(Hex.encode(signature), authorization);
  }
}
