package org.earnest.core.chain;

import java.math.BigInteger;

/**
 * Money: a number of one token's smallest units. There is no rounding and no conversion; adding or
 * comparing amounts of different tokens throws.
 *
 * @param atomicUnits at least 0, at most {@code 2^256 - 1}
 */
public record TokenAmount(Caip19AssetId asset, BigInteger atomicUnits)
    implements Comparable<TokenAmount> {
  private static final int MAX_BITS = 256;

  public TokenAmount {
    if (atomicUnits.signum() < 0 || atomicUnits.bitLength() > MAX_BITS) {
      throw new IllegalArgumentException("an amount must lie between 0 and 2^256 - 1");
    }
  }

  public static TokenAmount of(Caip19AssetId asset, long atomicUnits) {
    return new TokenAmount(asset, BigInteger.valueOf(atomicUnits));
  }

  public TokenAmount plus(TokenAmount other) {
    return new TokenAmount(asset, atomicUnits.add(sameAsset(other)));
  }

  /**
   * The difference.
   *
   * @throws IllegalArgumentException when the other amount is larger
   */
  public TokenAmount minus(TokenAmount other) {
    return new TokenAmount(asset, atomicUnits.subtract(sameAsset(other)));
  }

  @Override
  public int compareTo(TokenAmount other) {
    return atomicUnits.compareTo(sameAsset(other));
  }

  private BigInteger sameAsset(TokenAmount other) {
    if (!asset.equals(other.asset)) {
      throw new IllegalArgumentException("amounts of " + asset + " and " + other.asset);
    }
    return other.atomicUnits;
  }

  @Override
  public String toString() {
    return atomicUnits + " " + asset;
  }
}
