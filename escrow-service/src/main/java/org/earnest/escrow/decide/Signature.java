package org.earnest.escrow.decide;

import org.earnest.core.chain.Hex;

/**
 * A party's signature as it came: 65 bytes of a key, or whatever the party's contract wallet takes
 * (ERC-1271).
 *
 * @param hex prefixed; {@code 0x} for none
 */
public record Signature(String hex) {
  public static final int MAX_BYTES = 4096;
  public static final Signature NONE = new Signature("0x");

  public Signature {
    if (hex.length() > 2 + 2 * MAX_BYTES) {
      throw new IllegalArgumentException("a signature has at most " + MAX_BYTES + " bytes");
    }
    Hex.decode(hex);
  }

  public byte[] bytes() {
    return Hex.decode(hex);
  }

  public boolean isNone() {
    return hex.length() == 2;
  }
}
