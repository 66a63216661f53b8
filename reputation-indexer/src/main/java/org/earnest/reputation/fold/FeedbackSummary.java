package org.earnest.reputation.fold;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The average of feedback values as ERC-8004's {@code getSummary} makes it.
 *
 * @param value times {@code 10^decimals}, rounded towards zero, held at the ends of int128
 * @param decimals the decimals that most entries use; the fewest on a tie
 */
public record FeedbackSummary(long count, BigInteger value, int decimals) {
  public static final int MAX_DECIMALS = 18;
  private static final BigInteger MAX_INT128 =
      BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);
  private static final BigInteger MIN_INT128 = BigInteger.ONE.shiftLeft(127).negate();

  /**
   * What was said.
   *
   * @param value times {@code 10^decimals}
   * @param decimals 0 to 18
   */
  public record Entry(BigInteger value, int decimals) {
    public Entry {
      if (decimals < 0 || decimals > MAX_DECIMALS) {
        throw new IllegalArgumentException("a feedback value has 0 to 18 decimals");
      }
      if (value.bitLength() > MAX_INT128.bitLength()) {
        throw new IllegalArgumentException("a feedback value fits int128");
      }
    }
  }

  /**
   * What several entries of the same decimals add up to.
   *
   * @param value times {@code 10^decimals}
   */
  public record Sum(int decimals, long count, BigInteger value) {
    /** What takes these entries out of a sum that they are in. */
    public Sum taken() {
      return new Sum(decimals, -count, value.negate());
    }
  }

  /** Averages entries that nobody revoked. */
  public static FeedbackSummary of(List<Entry> entries) {
    return ofSums(
        entries.stream().map(entry -> new Sum(entry.decimals(), 1, entry.value())).toList());
  }

  /** The same of entries that were added up by their decimals. */
  public static FeedbackSummary ofSums(List<Sum> sums) {
    Map<Integer, Long> uses = new HashMap<>();
    BigInteger total = BigInteger.ZERO;
    for (Sum sum : sums) {
      uses.merge(sum.decimals(), sum.count(), Long::sum);
      total = total.add(scaled(sum.value(), sum.decimals()));
    }
    return ofTotal(total, uses);
  }

  /**
   * The same of entries that were added up whatever their decimals.
   *
   * @param total times 10^18
   * @param uses how many entries have so many decimals
   */
  public static FeedbackSummary ofTotal(BigInteger total, Map<Integer, Long> uses) {
    long count = uses.values().stream().mapToLong(Long::longValue).sum();
    if (count == 0) {
      return new FeedbackSummary(0, BigInteger.ZERO, 0);
    }
    int decimals = 0;
    for (int each = 1; each <= MAX_DECIMALS; each++) {
      boolean more = uses.getOrDefault(each, 0L) > uses.getOrDefault(decimals, 0L);
      decimals = more ? each : decimals;
    }
    BigInteger exact = total.divide(BigInteger.valueOf(count)).divide(scale(decimals));
    return new FeedbackSummary(count, exact.min(MAX_INT128).max(MIN_INT128), decimals);
  }

  /** A value of so many decimals times 10^18. */
  public static BigInteger scaled(BigInteger value, int decimals) {
    return value.multiply(scale(decimals));
  }

  private static BigInteger scale(int decimals) {
    return BigInteger.TEN.pow(MAX_DECIMALS - decimals);
  }
}
