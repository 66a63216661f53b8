package org.earnest.bindings.call;

import java.math.BigInteger;
import org.earnest.core.chain.Hex;

/** How a client's money comes into the escrow, and with it the client's consent. */
public sealed interface Funding {
  /**
   * An EIP-3009 {@code receiveWithAuthorization} whose nonce is the deal's id.
   *
   * @param validAfter second of 1970
   * @param validBefore second of 1970
   * @param signature prefixed hexadecimal: 65 bytes of a key, or what the client's contract wallet
   *     takes (ERC-1271)
   */
  record Authorization(BigInteger validAfter, BigInteger validBefore, String signature)
      implements Funding {
    public Authorization(BigInteger validAfter, BigInteger validBefore, byte[] signature) {
      this(validAfter, validBefore, Hex.encode(signature));
    }
  }

  /** The client sends the transaction itself, and allowed the escrow to take the money before. */
  record Allowance() implements Funding {}
}
