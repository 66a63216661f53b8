package org.earnest.payments.testing;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.Permit2Payment;
import org.earnest.core.chain.EvmAddress;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.Permit2Payload;
import org.earnest.payments.wire.ResourceInfo;

/** Somebody who pays through Permit2, by a key or by the contract wallet that the key owns. */
public record Permit2Buyer(LocalSigner signer, EvmAddress payer) {
  private static final long LIFETIME_SECONDS = 600;

  /** One with a key, money, and an allowance for Permit2. */
  public static Permit2Buyer ready(World world) {
    LocalSigner signer = LocalSigner.random();
    world.mint(signer.address());
    Doubles.approve(world, signer.address());
    return new Permit2Buyer(signer, signer.address());
  }

  /** A good payment. */
  public FacilitatorRequest payment(Permit2Requirements offer) {
    return payment(offer, UnaryOperator.identity());
  }

  /** A payment that is good but for the change. */
  public FacilitatorRequest payment(
      Permit2Requirements offer, UnaryOperator<Permit2Payment> change) {
    Permit2Payment good =
        new Permit2Payment(
            payer,
            offer.price().asset().token(),
            offer.price().atomicUnits(),
            new BigInteger(1, LocalSigner.random().address().bytes()),
            BigInteger.valueOf(Instant.now().plusSeconds(LIFETIME_SECONDS).getEpochSecond()),
            offer.payTo(),
            offer.facilitator(),
            BigInteger.ZERO);
    Permit2Payment authorization = change.apply(good);
    byte[] signature = signer.sign(authorization.message(offer.price().asset().chain()));
    return request(offer, Permit2Payload.of(authorization, signature));
  }

  /** Any payload against an offer. */
  public static FacilitatorRequest request(Permit2Requirements offer, Permit2Payload payload) {
    PaymentRequired required =
        PaymentRequired.of(
            "Payment required",
            ResourceInfo.of("https://seller.example/quote", "a quote", "application/json"),
            List.of(offer.toWire()));
    return FacilitatorRequest.of(
        PaymentPayload.of(required, offer.toWire(), payload.toJson()), offer.toWire());
  }
}
