package org.earnest.bindings.eip712;

import java.math.BigInteger;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * Leave for the escrow to fetch the signer's tokens through Permit2, bound to one deal or deposit
 * (Permit2's {@code permitWitnessTransferFrom} with the witness {@code EarnestDeal}).
 *
 * @param amount atomic units
 * @param spender the escrow
 * @param nonce any number that the signer has not used at Permit2
 * @param deadline second of 1970 after which it is void
 * @param witness the deal's id, or a deposit's digest
 */
public record Permit2Transfer(
    EvmAddress token,
    BigInteger amount,
    EvmAddress spender,
    BigInteger nonce,
    BigInteger deadline,
    Hash32 witness) {
  /** Permit2's address, the same on every chain. */
  public static final EvmAddress PERMIT2 =
      new EvmAddress("0x000000000022d473030f116ddee9f6b43ac78ba3");

  private static final String WITNESS = "EarnestDeal(bytes32 dealId)";
  private static final Hash32 WITNESS_TYPE = Keccak256.hash(WITNESS);
  private static final Hash32 TYPE =
      Permit2Struct.type("EarnestDeal", WITNESS + Permit2Struct.PERMISSIONS);

  /** What the owner of the tokens signs. */
  public Hash32 digest(Caip2ChainId chain) {
    return Keccak256.hash(message(chain));
  }

  /** What the digest is made of, for signers that make it themselves. */
  byte[] message(Caip2ChainId chain) {
    return new Permit2Struct(
            token,
            amount,
            spender,
            nonce,
            deadline,
            Words.ofType(WITNESS_TYPE).word(witness).hash())
        .message(TYPE, chain);
  }
}
