package org.earnest.bindings.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.earnest.core.chain.EvmAddress;

/** The implementation in use, and what Ethereum adds to the curve. */
final class Secp256k1Ecdsa {
  static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
  static final Secp256k1Port PORT = choose();

  private static final int ADDRESS_OFFSET = 12;

  private Secp256k1Ecdsa() {}

  /** The last 20 bytes of the public key's hash. */
  static EvmAddress address(byte[] publicKey) {
    byte[] hash = Keccak256.digest(publicKey);
    return EvmAddress.of(Arrays.copyOfRange(hash, ADDRESS_OFFSET, hash.length));
  }

  private static Secp256k1Port choose() {
    try {
      return new NativeSecp256k1();
    } catch (LinkageError | RuntimeException e) {
      return new BouncyCastleSecp256k1();
    }
  }
}
