package org.earnest.escrow.decide;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.call.Funding;
import org.earnest.core.deal.DealTerms;

/**
 * A deal to be opened.
 *
 * @param payeeSignatures of the deal's id, one per leg; none where the leg before has the same
 *     payee, or where the payee may join later
 * @param standbySignatures the same, one per leg that names a standby, in their order
 * @param payment brings the money, and with it the client's consent
 */
public record OpenRequest(
    DealTerms terms,
    List<Signature> payeeSignatures,
    List<Signature> standbySignatures,
    Payment payment) {
  public OpenRequest {
    payeeSignatures = List.copyOf(payeeSignatures);
    standbySignatures = List.copyOf(standbySignatures);
    if (Math.max(payeeSignatures.size(), standbySignatures.size()) > DealTerms.MAX_LEGS) {
      throw new IllegalArgumentException("there are more signatures than a deal has legs");
    }
  }

  /** How the client's money comes in. */
  public sealed interface Payment {}

  /**
   * EIP-3009 {@code receiveWithAuthorization} of the deal's total to the escrow, its nonce the
   * deal's id.
   *
   * @param validAfter second of 1970 after which it is good
   * @param validBefore second of 1970 before which it is good
   * @param overload the form of the token's function that takes it
   */
  public record Authorization(
      BigInteger validAfter, BigInteger validBefore, Signature signature, Funding.Overload overload)
      implements Payment {
    public Authorization {
      requireUint256(validAfter, "validAfter");
      requireUint256(validBefore, "validBefore");
    }

    /** By the overload that is usual for such a signature. */
    public Authorization(BigInteger validAfter, BigInteger validBefore, Signature signature) {
      this(validAfter, validBefore, signature, Funding.Overload.usual(signature.hex()));
    }

    /** The escrow's funding by it. */
    public Funding.Authorization funding() {
      return new Funding.Authorization(validAfter, validBefore, signature.hex(), overload);
    }
  }

  /**
   * Permit2 {@code permitWitnessTransferFrom} of the deal's total to the escrow, its witness the
   * deal's id.
   *
   * @param deadline second of 1970 until which it is good
   */
  public record Permit2(BigInteger nonce, BigInteger deadline, Signature signature)
      implements Payment {
    public Permit2 {
      requireUint256(nonce, "nonce");
      requireUint256(deadline, "deadline");
    }
  }

  /**
   * The client allowed the escrow to take the total.
   *
   * @param permit an EIP-2612 permit that does so
   * @param consent of the deal's id
   */
  public record Allowance(Optional<Permit> permit, Signature consent) implements Payment {}

  /**
   * An EIP-2612 permit of the deal's total to the escrow.
   *
   * @param deadline second of 1970 until which it is good
   */
  public record Permit(BigInteger deadline, Signature signature) {
    private static final int KEY_BYTES = 65;

    public Permit {
      requireUint256(deadline, "deadline");
      if (deadline.signum() == 0 || signature.bytes().length != KEY_BYTES) {
        throw new IllegalArgumentException("a permit has a deadline and a key's 65 bytes");
      }
    }
  }

  /**
   * The client's credit in the escrow.
   *
   * @param consent of the deal's id
   */
  public record Credit(Signature consent) implements Payment {}

  private static void requireUint256(BigInteger value, String member) {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new IllegalArgumentException(member + " fits uint256");
    }
  }
}
