package org.earnest.cli.x402;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.TokenAmount;
import org.earnest.kit.process.StartupException;

/** Amounts as people write them: whole tokens, with a point. */
final class Money {
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,30}(\\.[0-9]{1,30})?");

  private Money() {}

  /**
   * So much of a token.
   *
   * @param decimals the token's
   * @throws StartupException {@code amount_invalid}
   */
  static TokenAmount parse(String option, String text, Caip19AssetId asset, int decimals) {
    if (DECIMAL.matcher(text).matches()) {
      try {
        BigInteger units = new BigDecimal(text).movePointRight(decimals).toBigIntegerExact();
        return new TokenAmount(asset, units);
      } catch (ArithmeticException | IllegalArgumentException tooFine) {
        // Said below.
      }
    }
    throw new StartupException(
        "amount_invalid",
        option + " is no amount of a token with " + decimals + " decimals",
        "Write whole tokens, such as 0.01; --decimals says how many digits a token has");
  }
}
