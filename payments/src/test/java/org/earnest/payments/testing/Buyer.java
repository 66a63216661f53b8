package org.earnest.payments.testing;

import java.math.BigInteger;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.wire.FacilitatorRequest;

/** Somebody with an account of his own, who signs payments under ever new nonces. */
public final class Buyer {
  private static final long LIFETIME_SECONDS = 600;

  private final LocalSigner signer = LocalSigner.random();
  private int payments;

  private Buyer() {}

  /** One with {@link World#PURSE}. */
  public static Buyer funded(World world) {
    Buyer buyer = new Buyer();
    world.mint(buyer.address());
    return buyer;
  }

  public static Buyer penniless() {
    return new Buyer();
  }

  public LocalSigner signer() {
    return signer;
  }

  public EvmAddress address() {
    return signer.address();
  }

  /** A new authorization that pays the offer and is valid now. */
  public TransferWithAuthorization authorization(ExactRequirements offer) {
    return new TransferWithAuthorization(
        address(),
        offer.payTo(),
        offer.price().atomicUnits(),
        BigInteger.ZERO,
        BigInteger.valueOf(Instant.now().plusSeconds(LIFETIME_SECONDS).getEpochSecond()),
        nonce());
  }

  /** A good payment. */
  public FacilitatorRequest payment(ExactRequirements offer) {
    return payment(offer, UnaryOperator.identity());
  }

  /** A payment that is good but for the change. */
  public FacilitatorRequest payment(
      ExactRequirements offer, UnaryOperator<TransferWithAuthorization> change) {
    return Payments.signed(offer, change.apply(authorization(offer)), signer);
  }

  private synchronized Hash32 nonce() {
    byte[] index = BigInteger.valueOf(payments++).toByteArray();
    return Keccak256.hash(index);
  }
}
