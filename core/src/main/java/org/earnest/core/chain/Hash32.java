package org.earnest.core.chain;

/**
 * Thirty-two bytes: a Keccak-256 digest, a block or transaction hash, or an ABI {@code bytes32}.
 *
 * @param hex {@code 0x} and 64 digits, kept in lower case
 */
public record Hash32(String hex) {
  public static final int BYTES = 32;
  public static final Hash32 ZERO = of(new byte[BYTES]);

  public Hash32 {
    hex = Hex.requireBytes(hex, BYTES, "a 32-byte hash");
  }

  public static Hash32 of(byte[] bytes) {
    return new Hash32(Hex.encode(bytes));
  }

  public byte[] bytes() {
    return Hex.decode(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
