package org.earnest.reputation.fold;

import java.math.BigInteger;
import org.earnest.core.reputation.SettledSummary;

/** The escrow's accumulator: every member stays at its maximum rather than overflow. */
public final class Accumulator {
  static final BigInteger MAX_VOLUME = max(88);
  static final long MAX_CLOSED = max(32).longValue();
  static final long MAX_RATED = max(32).longValue();
  static final long MAX_RATING_SUM = max(40).longValue();
  static final long MAX_MISSED = max(24).longValue();
  static final long MAX_LATE = max(20).longValue();
  static final long MAX_LOST = max(20).longValue();

  private Accumulator() {}

  /** The summary with one more record. */
  public static SettledSummary plus(SettledSummary sum, Contribution record) {
    return new SettledSummary(
        sum.volume().add(record.gross()).min(MAX_VOLUME),
        plus(sum.closed(), 1, MAX_CLOSED),
        plus(sum.rated(), record.rating().isPresent() ? 1 : 0, MAX_RATED),
        plus(sum.ratingSum(), record.rating().orElse(0), MAX_RATING_SUM),
        plus(sum.missed(), record.missed() ? 1 : 0, MAX_MISSED),
        plus(sum.late(), record.late() ? 1 : 0, MAX_LATE),
        plus(sum.lost(), record.lost() ? 1 : 0, MAX_LOST));
  }

  /** The summary with a rating that came after its record. */
  public static SettledSummary plusRating(SettledSummary sum, int rating) {
    return new SettledSummary(
        sum.volume(),
        sum.closed(),
        plus(sum.rated(), 1, MAX_RATED),
        plus(sum.ratingSum(), rating, MAX_RATING_SUM),
        sum.missed(),
        sum.late(),
        sum.lost());
  }

  /**
   * What records add up to that were added without bounds: as no member ever falls, holding the sum
   * is the same as holding each step.
   */
  public static SettledSummary held(SettledSummary sum) {
    return new SettledSummary(
        sum.volume().min(MAX_VOLUME),
        Math.min(sum.closed(), MAX_CLOSED),
        Math.min(sum.rated(), MAX_RATED),
        Math.min(sum.ratingSum(), MAX_RATING_SUM),
        Math.min(sum.missed(), MAX_MISSED),
        Math.min(sum.late(), MAX_LATE),
        Math.min(sum.lost(), MAX_LOST));
  }

  private static long plus(long have, long more, long max) {
    return Math.min(have + more, max);
  }

  private static BigInteger max(int bits) {
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }
}
