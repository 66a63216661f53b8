package org.earnest.bench.submissions;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TokenAmount;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.ResourceInfo;
import org.earnest.payments.wire.WireJson;

/** Signs payments of one unit each (x402 v2, exact, EIP-3009). */
final class Buyer {
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final int NONCE_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Ground ground;
  private final LocalSigner signer;

  Buyer(Ground ground) {
    this.ground = ground;
    this.signer = ground.account(Role.BUYER).signer();
    ground.fund(signer.address());
  }

  /** The body of a request to settle a new payment to this account. */
  byte[] payment(EvmAddress to) {
    ExactRequirements offer =
        new ExactRequirements(
            TokenAmount.of(ground.contracts().usdcAsset(), 1), to, LIFETIME, "USD Coin", "2");
    TransferWithAuthorization authorization =
        new TransferWithAuthorization(
            signer.address(),
            to,
            BigInteger.ONE,
            BigInteger.ZERO,
            BigInteger.valueOf(Instant.now().plus(LIFETIME).getEpochSecond()),
            nonce());
    String signature = Hex.encode(signer.sign(authorization.digest(offer.domain())));
    PaymentRequired required =
        PaymentRequired.of(
            "Payment required",
            ResourceInfo.of("https://seller.example/quote", "a quote", "application/json"),
            List.of(offer.toWire()));
    ExactEvmPayload payload = new ExactEvmPayload(signature, authorization);
    return WireJson.write(
        FacilitatorRequest.of(
            PaymentPayload.of(required, offer.toWire(), payload.toJson()), offer.toWire()));
  }

  private static Hash32 nonce() {
    byte[] random = new byte[NONCE_BYTES];
    RANDOM.nextBytes(random);
    return new Hash32(Hex.encode(random));
  }
}
