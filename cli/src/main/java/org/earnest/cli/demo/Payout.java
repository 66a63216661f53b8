package org.earnest.cli.demo;

import java.math.BigInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.cli.report.Usdc;
import org.earnest.core.chain.BasisPoints;
import tools.jackson.databind.JsonNode;

/**
 * Who gets what of a leg's price; atomic units. Shares are rounded down, as the contract does.
 *
 * @param fee the platform's
 */
record Payout(BigInteger toPayee, BigInteger toClient, BigInteger fee, BigInteger arbiterFee) {
  /** The whole price to the payee, less the platform's fee. */
  static Payout inFull(BigInteger price, int feeBps) {
    BigInteger fee = share(price, feeBps);
    return new Payout(price.subtract(fee), BigInteger.ZERO, fee, BigInteger.ZERO);
  }

  /** As both agree. */
  static Payout divided(BigInteger price, BigInteger toPayee) {
    return new Payout(toPayee, price.subtract(toPayee), BigInteger.ZERO, BigInteger.ZERO);
  }

  /** As an arbiter rules, its fee taken first. */
  static Payout ruled(BigInteger price, int arbiterFeeBps, int payeeBps) {
    BigInteger arbiterFee = share(price, arbiterFeeBps);
    BigInteger rest = price.subtract(arbiterFee);
    BigInteger toPayee = share(rest, payeeBps);
    return new Payout(toPayee, rest.subtract(toPayee), BigInteger.ZERO, arbiterFee);
  }

  /** As the service shows it. */
  static Payout of(JsonNode closing) {
    return new Payout(
        sum(closing, "toPayee"),
        sum(closing, "toClient"),
        sum(closing, "fee"),
        sum(closing, "arbiterFee"));
  }

  /** What is nothing is left out. */
  String text() {
    return Stream.of(
            part(toPayee, "to the payee"),
            part(toClient, "to the buyer"),
            part(fee, "to the platform"),
            part(arbiterFee, "to the arbiter"))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String part(BigInteger sum, String whom) {
    return sum.signum() == 0 ? "" : Usdc.text(sum) + " " + whom;
  }

  private static BigInteger sum(JsonNode closing, String member) {
    return new BigInteger(closing.path(member).asString("0"));
  }

  private static BigInteger share(BigInteger sum, int bps) {
    return sum.multiply(BigInteger.valueOf(bps)).divide(BigInteger.valueOf(BasisPoints.WHOLE));
  }
}
