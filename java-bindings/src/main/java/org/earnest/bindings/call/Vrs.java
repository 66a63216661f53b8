package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.Arrays;

/** A key's signature in the three parts that the older overloads of tokens take. */
final class Vrs {
  static final int BYTES = 65;
  private static final int WORD = 32;

  private final byte[] signature;

  private Vrs(byte[] signature) {
    this.signature = signature;
  }

  /**
   * Divides {@code r || s || v}.
   *
   * @param signature of {@link #BYTES}
   */
  static Vrs of(byte[] signature) {
    return new Vrs(signature);
  }

  BigInteger v() {
    return BigInteger.valueOf(Byte.toUnsignedInt(signature[2 * WORD]));
  }

  byte[] r() {
    return Arrays.copyOfRange(signature, 0, WORD);
  }

  byte[] s() {
    return Arrays.copyOfRange(signature, WORD, 2 * WORD);
  }
}
