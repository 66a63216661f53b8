package org.earnest.payments.edge;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * By which a server that is forwarded to says what its answer costs, in whole tokens: {@code
 * 0.0004}. What is finer than the token is cut off, so that nobody pays for it.
 *
 * @param name of the header, which goes no further than here
 * @param decimals of the token
 * @param least atomic units that are worth their gas; what costs less is given away
 */
public record ChargeHeader(String name, int decimals, BigInteger least) {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,30}(\\.[0-9]{1,60})?");
  private static final int MOST_DECIMALS = 255;

  public ChargeHeader {
    requireName(name);
    if (decimals < 0 || decimals > MOST_DECIMALS) {
      throw new IllegalArgumentException("a token has 0 to " + MOST_DECIMALS + " decimals");
    }
  }

  /**
   * Holds that a header can have this name.
   *
   * @throws IllegalArgumentException where it cannot
   */
  public static void requireName(String name) {
    if (!TOKEN.matcher(name).matches()) {
      throw new IllegalArgumentException("no header has such a name");
    }
  }

  boolean isNamed(String header) {
    return header.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
  }

  /**
   * What an answer costs, in atomic units; empty where it does not say.
   *
   * @throws IllegalArgumentException where what it says is no amount, or is said twice
   */
  Optional<BigInteger> read(HttpHeaders answer) {
    List<String> values = answer.allValues(name);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    String said = values.getFirst().strip();
    if (values.size() > 1 || !AMOUNT.matcher(said).matches()) {
      throw new IllegalArgumentException(name + " is no amount of whole tokens");
    }
    BigInteger units =
        new BigDecimal(said)
            .movePointRight(decimals)
            .setScale(0, RoundingMode.DOWN)
            .toBigIntegerExact();
    return Optional.of(units.compareTo(least) < 0 ? BigInteger.ZERO : units);
  }
}
