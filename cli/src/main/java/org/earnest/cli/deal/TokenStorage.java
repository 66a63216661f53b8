package org.earnest.cli.deal;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * Where the test token keeps its balances: the Keccak-256 of the owner and twelve bytes, as
 * solady's ERC20 documents it. The token's faucet gives a million dollars at once, and terms may be
 * in a token with eighteen decimals.
 */
final class TokenStorage {
  private static final byte[] BALANCE_SEED = {
    0, 0, 0, 0, 0, 0, 0, 0, (byte) 0x87, (byte) 0xa2, 0x11, (byte) 0xa2
  };

  private TokenStorage() {}

  /** The slot of an owner's balance. */
  static Hash32 balance(EvmAddress owner) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.writeBytes(owner.bytes());
    key.writeBytes(BALANCE_SEED);
    return Keccak256.hash(key.toByteArray());
  }

  /** A number as a word; at least 0, below 2^256. */
  static Hash32 word(BigInteger number) {
    return new Hash32("0x%064x".formatted(number));
  }
}
