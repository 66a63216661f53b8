package org.earnest.cli.x402;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.earnest.payments.server.Settling;

/**
 * What is sold, to whom the money goes, and who settles.
 *
 * @param forward the server that makes the answers
 * @param facilitator who verifies and settles
 * @param price per call, in whole tokens
 * @param ways how it can be paid
 * @param free paths that cost nothing
 * @param publicUri under which buyers know the shop; by default its own address
 * @param port on 127.0.0.1; 0 for any free one
 */
public record ShopPlan(
    URI forward,
    URI facilitator,
    String price,
    SoldToken token,
    EvmAddress payTo,
    Settling settling,
    ShopWays ways,
    List<String> free,
    Optional<URI> publicUri,
    int port,
    StateDirectory state,
    Optional<String> databaseUrl,
    Path postgresBinaries) {
  private static final BigInteger USUAL_CALLS = BigInteger.valueOf(1_000);

  public ShopPlan {
    free = List.copyOf(free);
  }

  /**
   * What a channel owes when it is claimed unasked, in atomic units.
   *
   * @throws StartupException {@code amount_invalid}
   */
  BigInteger enough(ChannelSales sales) {
    return sales
        .claimAt()
        .map(text -> Money.parse("--claim-at", text, token.asset(), token.decimals()).atomicUnits())
        .orElseGet(() -> amount().atomicUnits().multiply(USUAL_CALLS));
  }

  /**
   * The least that is worth its gas, in atomic units; nothing where none was named.
   *
   * @throws StartupException {@code amount_invalid}, or {@code price_below_least}
   */
  BigInteger least() {
    BigInteger least =
        ways.least()
            .map(
                text -> Money.parse("--least", text, token.asset(), token.decimals()).atomicUnits())
            .orElse(BigInteger.ZERO);
    if (amount().atomicUnits().compareTo(least) < 0) {
      throw new StartupException(
          "price_below_least",
          "no call costs as much as --least, so that none would ever be paid",
          "Raise --price, or lower --least");
    }
    return least;
  }

  /**
   * The price in atomic units.
   *
   * @throws StartupException {@code amount_invalid}
   */
  TokenAmount amount() {
    TokenAmount amount = Money.parse("--price", price, token.asset(), token.decimals());
    if (amount.atomicUnits().signum() == 0) {
      throw new StartupException(
          "amount_invalid", "--price is nothing", "Name a price, or serve it without this command");
    }
    return amount;
  }
}
