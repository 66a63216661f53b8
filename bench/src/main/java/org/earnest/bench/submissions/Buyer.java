package org.earnest.bench.submissions;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.Caip19AssetId;
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
  private static final LocalSigner PENNILESS = LocalSigner.random();

  /** A jump to itself. */
  private static final String ENDLESS = "0x5b600056";

  private final Ground ground;
  private final LocalSigner signer;
  private final EvmAddress hostile = LocalSigner.random().address();

  Buyer(Ground ground) {
    this.ground = ground;
    this.signer = ground.account(Role.BUYER).signer();
    ground.fund(signer.address());
    ground.chain().setCode(hostile, ENDLESS);
  }

  /** What may be wrong with a payment. */
  enum Flaw {
    NONE,
    WRONG_SIGNATURE,
    WRONG_PAYEE,
    WRONG_AMOUNT,
    EXPIRED,
    UNKNOWN_TOKEN,
    NO_MONEY,

    /** Its payer is a contract that burns all the gas that its check of a signature gets. */
    HOSTILE_WALLET;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** What each payment costs. */
  TokenAmount price() {
    return TokenAmount.of(ground.contracts().usdcAsset(), 1);
  }

  /** The body of a request to settle a new payment to this account. */
  byte[] payment(EvmAddress to) {
    return payment(to, Flaw.NONE);
  }

  /** The same with one thing wrong. */
  byte[] payment(EvmAddress to, Flaw flaw) {
    ExactRequirements offer =
        new ExactRequirements(
            flaw == Flaw.UNKNOWN_TOKEN ? priceElsewhere() : price(), to, LIFETIME, "USD Coin", "2");
    Instant end = flaw == Flaw.EXPIRED ? Instant.EPOCH : Instant.now().plus(LIFETIME);
    LocalSigner payer = flaw == Flaw.NO_MONEY ? PENNILESS : signer;
    TransferWithAuthorization authorization =
        new TransferWithAuthorization(
            flaw == Flaw.HOSTILE_WALLET ? hostile : payer.address(),
            flaw == Flaw.WRONG_PAYEE ? payer.address() : to,
            flaw == Flaw.WRONG_AMOUNT ? BigInteger.TWO : BigInteger.ONE,
            BigInteger.ZERO,
            BigInteger.valueOf(end.getEpochSecond()),
            nonce());
    LocalSigner by = flaw == Flaw.WRONG_SIGNATURE ? PENNILESS : payer;
    String signature = Hex.encode(by.sign(authorization.message(offer.domain())));
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

  private TokenAmount priceElsewhere() {
    return TokenAmount.of(new Caip19AssetId(price().asset().chain(), hostile), 1);
  }

  private static Hash32 nonce() {
    byte[] random = new byte[NONCE_BYTES];
    RANDOM.nextBytes(random);
    return new Hash32(Hex.encode(random));
  }
}
