package org.earnest.bindings.eip712;

import java.math.BigInteger;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * Leave for the receiver, and nobody else, to fetch the signer's tokens once (EIP-3009 {@code
 * receiveWithAuthorization}).
 *
 * @param value atomic units
 * @param validAfter second of 1970 after which it is good
 * @param validBefore second of 1970 before which it is good
 * @param nonce any 32 bytes that the signer has not used at this token
 */
public record ReceiveWithAuthorization(
    EvmAddress from,
    EvmAddress to,
    BigInteger value,
    BigInteger validAfter,
    BigInteger validBefore,
    Hash32 nonce) {
  private static final Hash32 TYPE =
      Keccak256.hash(
          "ReceiveWithAuthorization(address from,address to,uint256 value,"
              + "uint256 validAfter,uint256 validBefore,bytes32 nonce)");

  /**
   * What {@code from} signs.
   *
   * @param token the token's own EIP-712 domain
   */
  public Hash32 digest(Eip712Domain token) {
    return token.digest(structHash());
  }

  /** What the digest is made of, for signers that make it themselves. */
  public byte[] message(Eip712Domain token) {
    return token.message(structHash());
  }

  Hash32 structHash() {
    return Words.ofType(TYPE)
        .address(from)
        .address(to)
        .uint(value)
        .uint(validAfter)
        .uint(validBefore)
        .word(nonce)
        .hash();
  }
}
