package org.earnest.core.chain;

import java.math.BigInteger;

/**
 * A share in hundredths of a percent.
 *
 * @param value 0 to 10,000
 */
public record BasisPoints(int value) {
  public static final int WHOLE = 10_000;

  public BasisPoints {
    if (value < 0 || value > WHOLE) {
      throw new IllegalArgumentException("basis points must lie between 0 and 10000: " + value);
    }
  }

  /** This share of an amount in atomic units, rounded down as the contracts round. */
  public BigInteger of(BigInteger atomicUnits) {
    return atomicUnits.multiply(BigInteger.valueOf(value)).divide(BigInteger.valueOf(WHOLE));
  }
}
