package org.earnest.core.chain;

/**
 * An account or contract of an EVM chain.
 *
 * @param hex {@code 0x} and 40 digits of any case, kept in lower case; the EIP-55 checksum is not
 *     judged here
 */
public record EvmAddress(String hex) {
  public static final int BYTES = 20;
  public static final EvmAddress ZERO = of(new byte[BYTES]);

  public EvmAddress {
    hex = Hex.requireBytes(hex, BYTES, "an EVM address");
  }

  public static EvmAddress of(byte[] bytes) {
    return new EvmAddress(Hex.encode(bytes));
  }

  public byte[] bytes() {
    return Hex.decode(hex);
  }

  public boolean isZero() {
    return equals(ZERO);
  }

  @Override
  public String toString() {
    return hex;
  }
}
