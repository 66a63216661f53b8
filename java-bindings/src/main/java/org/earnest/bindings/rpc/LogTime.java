package org.earnest.bindings.rpc;

import java.math.BigInteger;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * The {@code blockTimestamp} that many nodes tell beside a log. No log is lost by it: what makes no
 * sense counts as not told, and the block's header says it better.
 */
final class LogTime {
  /** What a double holds exactly, as readers of JSON may take it for one. */
  private static final BigInteger MOST = BigInteger.ONE.shiftLeft(53);

  private static final int MAX_DIGITS = 20;

  private LogTime() {}

  /** Seconds since 1970; zero is what some say who do not know. */
  static OptionalLong of(JsonNode log) {
    JsonNode told = log.path("blockTimestamp");
    BigInteger seconds =
        told.isIntegralNumber()
            ? told.bigIntegerValue()
            : of(told.isString() ? told.stringValue() : "");
    return seconds.signum() > 0 && seconds.compareTo(MOST) <= 0
        ? OptionalLong.of(seconds.longValueExact())
        : OptionalLong.empty();
  }

  private static BigInteger of(String quantity) {
    boolean hexadecimal = quantity.startsWith("0x");
    String digits = hexadecimal ? quantity.substring(2) : quantity;
    if (digits.length() > MAX_DIGITS) {
      return BigInteger.ZERO;
    }
    try {
      return new BigInteger(digits, hexadecimal ? 16 : 10);
    } catch (NumberFormatException senseless) {
      return BigInteger.ZERO;
    }
  }
}
