package org.earnest.payments.client;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.wire.ExactEvmPayload;

/** Signs EIP-3009 authorizations, each under a nonce of its own. */
final class PaymentSigner {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final EvmSigner signer;
  private final InstantSource clock;

  PaymentSigner(EvmSigner signer, InstantSource clock) {
    this.signer = signer;
    this.clock = clock;
  }

  ExactEvmPayload sign(ExactRequirements terms, Duration lifetime) {
    byte[] nonce = new byte[Hash32.BYTES];
    RANDOM.nextBytes(nonce);
    TransferWithAuthorization authorization =
        new TransferWithAuthorization(
            signer.address(),
            terms.payTo(),
            terms.price().atomicUnits(),
            // Good from the start, so that a chain whose clock is behind takes it.
            BigInteger.ZERO,
            BigInteger.valueOf(clock.instant().plus(lifetime).getEpochSecond()),
            Hash32.of(nonce));
    byte[] signature = signer.sign(authorization.digest(terms.domain()));
    return new ExactEvmPayload(Hex.encode(signature), authorization);
  }
}
