package org.earnest.cli.deal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Sums as people read them: exact, and all with the same number of digits after the point. */
final class Coins {
  private final OptionalInt decimals;
  private final DecimalFormat format;

  /**
   * For sums that are shown beside each other.
   *
   * @param decimals the token's; empty to show atomic units
   */
  Coins(OptionalInt decimals, Stream<BigInteger> sums) {
    this.decimals = decimals;
    this.format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    int digits =
        sums.mapToInt(sum -> Math.max(0, whole(sum).stripTrailingZeros().scale())).max().orElse(0);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
  }

  String unit() {
    return decimals.isEmpty()
        ? "atomic units"
        : "whole coins (" + decimals.getAsInt() + " decimals)";
  }

  String text(BigInteger sum) {
    return format.format(whole(sum));
  }

  private BigDecimal whole(BigInteger sum) {
    return new BigDecimal(sum).movePointLeft(decimals.orElse(0));
  }
}
