package org.earnest.reputation.edge;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.earnest.reputation.fold.FeedbackSummary;

/** Query parameters of the plainest kinds. */
final class Words {
  private static final Pattern BLOCK = Pattern.compile("[0-9]{1,18}");
  private static final Pattern TIME = Pattern.compile("[0-9]{1,11}");
  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,14}");
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,38}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,39}(\\.[0-9]{1,18})?");
  private static final Pattern RATING =
      Pattern.compile("(100(\\.0{1,2})?|[0-9]{1,2}(\\.[0-9]{1,2})?)");
  private static final Pattern RESPONSE = Pattern.compile("100|[1-9]?[0-9]");
  private static final int HUNDREDTHS = 2;

  private Words() {}

  static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("true or false expected");
    };
  }

  static boolean descending(String text) {
    return switch (text) {
      case "desc" -> true;
      case "asc" -> false;
      default -> throw new IllegalArgumentException("asc or desc expected");
    };
  }

  static long block(String text) {
    return Long.parseLong(matching(BLOCK, text, "a block number of at most 18 digits"));
  }

  static long time(String text) {
    return Long.parseLong(matching(TIME, text, "seconds since 1970, of at most 11 digits,"));
  }

  static long count(String text) {
    return Long.parseLong(matching(COUNT, text, "a number from 1 of at most 15 digits"));
  }

  static BigInteger amount(String text) {
    return new BigInteger(matching(AMOUNT, text, "atomic units of at most 38 digits"));
  }

  /** A decimal number, times 10^18. */
  static BigInteger scaled(String text) {
    return new BigDecimal(
            matching(DECIMAL, text, "a decimal number of at most 39 digits and 18 after the point"))
        .movePointRight(FeedbackSummary.MAX_DECIMALS)
        .toBigIntegerExact();
  }

  /** A rating from 0 to 100, in hundredths. */
  static long rating(String text) {
    return new BigDecimal(matching(RATING, text, "0 to 100 with at most two decimals"))
        .movePointRight(HUNDREDTHS)
        .longValueExact();
  }

  /** What a validator answers. */
  static int response(String text) {
    return Integer.parseInt(matching(RESPONSE, text, "a whole number from 0 to 100"));
  }

  private static String matching(Pattern pattern, String text, String expected) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(expected + " expected");
    }
    return text;
  }
}
