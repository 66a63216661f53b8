package org.earnest.payments.client;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.wire.ExactEvmPayload;

/** Signs EIP-3009 authorizations, each under a nonce of its own. */
final class PaymentSigner {
  /** So far back a payment is good, as the chain's clock may be behind. */
  static final Duration GOOD_BEFORE = Duration.ofMinutes(10);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final EvmSigner signer;

  PaymentSigner(EvmSigner signer) {
    this.signer = signer;
  }

  EvmAddress payer() {
    return signer.address();
  }

  ExactEvmPayload sign(ExactRequirements terms, Instant now, Duration lifetime) {
    byte[] nonce = new byte[Hash32.BYTES];
    RANDOM.nextBytes(nonce);
    TransferWithAuthorization authorization =
        new TransferWithAuthorization(
            signer.address(),
            terms.payTo(),
            terms.price().atomicUnits(),
            BigInteger.valueOf(Math.max(0, now.minus(GOOD_BEFORE).getEpochSecond())),
            BigInteger.valueOf(now.plus(lifetime).getEpochSecond()),
            Hash32.of(nonce));
    byte[] signature = signer.sign(authorization.message(terms.domain()));
    return new ExactEvmPayload(Hex.encode(signature), authorization);
  }
}
