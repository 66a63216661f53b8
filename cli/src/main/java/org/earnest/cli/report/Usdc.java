package org.earnest.cli.report;

import java.math.BigDecimal;
import java.math.BigInteger;

/** USDC as people write it. For display only; sums are made of atomic units. */
public final class Usdc {
  private static final int DECIMALS = 6;

  private Usdc() {}

  /** {@code 1.500000 USDC} of 1500000 atomic units. */
  public static String text(BigInteger atomicUnits) {
    return new BigDecimal(atomicUnits, DECIMALS).toPlainString() + " USDC";
  }
}
