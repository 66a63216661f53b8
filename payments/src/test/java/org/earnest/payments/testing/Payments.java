package org.earnest.payments.testing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.ExactPayment;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.ResourceInfo;
import org.earnest.payments.wire.SettleResponse;

/** Payments of a buyer of which no chain knows. */
public final class Payments {
  public static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
  public static final LocalSigner BUYER = LocalSigner.of(seed("buyer").bytes());
  public static final EvmAddress SELLER = LocalSigner.of(seed("seller").bytes()).address();
  public static final Caip2ChainId CHAIN = Caip2ChainId.eip155(84532);
  public static final Caip19AssetId USDC =
      new Caip19AssetId(CHAIN, new EvmAddress("0x036cbd53842c5426634e7929541ec2318f3dcf7e"));

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Payments() {}

  public static ExactRequirements offer() {
    return new ExactRequirements(
        TokenAmount.of(USDC, 1_000), SELLER, Duration.ofMinutes(1), "USDC", "2");
  }

  public static TransferWithAuthorization authorization(ExactRequirements offer, String nonce) {
    return new TransferWithAuthorization(
        BUYER.address(),
        offer.payTo(),
        offer.price().atomicUnits(),
        BigInteger.ZERO,
        BigInteger.valueOf(NOW.plus(offer.maxTimeout()).getEpochSecond()),
        seed(nonce));
  }

  public static FacilitatorRequest good(String nonce) {
    return signed(offer(), authorization(offer(), nonce));
  }

  /** The buyer's payment with an authorization of any content, well signed. */
  public static FacilitatorRequest signed(
      ExactRequirements offer, TransferWithAuthorization authorization) {
    return signed(offer, authorization, BUYER);
  }

  public static FacilitatorRequest signed(
      ExactRequirements offer, TransferWithAuthorization authorization, LocalSigner by) {
    String signature = Hex.encode(by.sign(authorization.digest(offer.domain())));
    return unsigned(offer, new ExactEvmPayload(signature, authorization));
  }

  public static FacilitatorRequest unsigned(ExactRequirements offer, ExactEvmPayload payload) {
    PaymentRequired required =
        PaymentRequired.of(
            "Payment required",
            ResourceInfo.of("https://seller.example/quote", "a quote", "application/json"),
            List.of(offer.toWire()));
    return FacilitatorRequest.of(
        PaymentPayload.of(required, offer.toWire(), payload.toJson()), offer.toWire());
  }

  /** The same payment, but what the server wants is another thing. */
  public static FacilitatorRequest against(
      FacilitatorRequest request, UnaryOperator<ExactRequirements> change) {
    return FacilitatorRequest.of(request.payment(), change.apply(offer()).toWire());
  }

  public static ExactPayment read(FacilitatorRequest request) {
    return switch (ExactPayment.of(request)) {
      case Reading.Understood<ExactPayment> understood -> understood.value();
      case Reading.Refused<ExactPayment> refused ->
          throw new AssertionError("not a payment: " + refused);
    };
  }

  /** Settles as a patient shop does, which asks again while it is pending. */
  public static SettleResponse settle(Facilitator facilitator, FacilitatorRequest payment) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    SettleResponse answer = facilitator.settle(payment, World.ANSWER_PATIENCE);
    while (answer.isPending() && System.nanoTime() - deadline < 0) {
      answer = facilitator.settle(payment, World.ANSWER_PATIENCE);
    }
    return answer;
  }

  public static Hash32 seed(String text) {
    return Keccak256.hash(text.getBytes(StandardCharsets.UTF_8));
  }
}
