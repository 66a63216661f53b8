package org.earnest.escrow.decide;

import java.math.BigInteger;
import java.util.List;
import org.earnest.core.deal.DealTerms;

/**
 * A deal to be opened.
 *
 * @param payeeSignatures of the deal's id, one per leg; none where the leg before has the same
 *     payee
 * @param authorization the client's consent, which brings the money
 */
public record OpenRequest(
    DealTerms terms, List<Signature> payeeSignatures, Authorization authorization) {
  public OpenRequest {
    payeeSignatures = List.copyOf(payeeSignatures);
    if (payeeSignatures.size() > DealTerms.MAX_LEGS) {
      throw new IllegalArgumentException("there are more signatures than a deal has legs");
    }
  }

  /**
   * EIP-3009 {@code receiveWithAuthorization} of the deal's total to the escrow, its nonce the
   * deal's id.
   *
   * @param validAfter second of 1970 after which it is good
   * @param validBefore second of 1970 before which it is good
   */
  public record Authorization(BigInteger validAfter, BigInteger validBefore, Signature signature) {
    private static final int MAX_BITS = 256;

    public Authorization {
      if (validAfter.signum() < 0
          || validBefore.signum() < 0
          || validAfter.bitLength() > MAX_BITS
          || validBefore.bitLength() > MAX_BITS) {
        throw new IllegalArgumentException("validAfter and validBefore fit uint256");
      }
    }
  }
}
