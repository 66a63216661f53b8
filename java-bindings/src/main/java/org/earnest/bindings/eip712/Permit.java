package org.earnest.bindings.eip712;

import java.math.BigInteger;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * An allowance given by signature (EIP-2612).
 *
 * @param value atomic units
 * @param nonce the token's count of the owner's permits
 * @param deadline second of 1970 after which it is void
 */
public record Permit(
    EvmAddress owner, EvmAddress spender, BigInteger value, BigInteger nonce, BigInteger deadline) {
  private static final Hash32 TYPE =
      Keccak256.hash(
          "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

  /**
   * What {@code owner} signs.
   *
   * @param token the token's own EIP-712 domain
   */
  public Hash32 digest(Eip712Domain token) {
    return token.digest(structHash());
  }

  /** The same for a signer that sees what it signs. */
  public byte[] message(Eip712Domain token) {
    return token.message(structHash());
  }

  Hash32 structHash() {
    return Words.ofType(TYPE)
        .address(owner)
        .address(spender)
        .uint(value)
        .uint(nonce)
        .uint(deadline)
        .hash();
  }
}
