package org.earnest.core.deal;

import java.math.BigInteger;

/** The range of a Solidity unsigned integer. */
final class Uint {
  private Uint() {}

  static void require(long value, int bits, String member) {
    require(BigInteger.valueOf(value), bits, member);
  }

  static void require(BigInteger value, int bits, String member) {
    if (value.signum() < 0 || value.bitLength() > bits) {
      throw new IllegalArgumentException(member + " does not fit uint" + bits + ": " + value);
    }
  }
}
