package org.earnest.cli.x402;

import java.util.Optional;

/**
 * How a call can be paid at a shop: into escrow alone, or in any of the other ways.
 *
 * @param exact at its price, at once
 * @param metered through Permit2, at most its price
 * @param channels out of a channel
 * @param escrow where its buyer can dispute it
 * @param least what is worth its gas by metering or out of escrow, in whole tokens; empty where
 *     everything is
 */
public record ShopWays(
    boolean exact,
    Optional<MeteredSales> metered,
    Optional<ChannelSales> channels,
    Optional<EscrowSales> escrow,
    Optional<String> least) {
  /** At its price, at once, and no other way. */
  public static final ShopWays EXACT =
      new ShopWays(true, Optional.empty(), Optional.empty(), Optional.empty());

  /** Where every amount is worth its gas. */
  public ShopWays(
      boolean exact,
      Optional<MeteredSales> metered,
      Optional<ChannelSales> channels,
      Optional<EscrowSales> escrow) {
    this(exact, metered, channels, escrow, Optional.empty());
  }

  /** The same, where less than this is not. */
  public ShopWays atLeast(String amount) {
    return new ShopWays(exact, metered, channels, escrow, Optional.of(amount));
  }
}
