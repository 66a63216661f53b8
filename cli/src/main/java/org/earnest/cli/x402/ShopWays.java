package org.earnest.cli.x402;

import java.util.Optional;

/**
 * How a call can be paid at a shop: into escrow alone, or in any of the other ways.
 *
 * @param exact at its price, at once
 * @param metered through Permit2, at most its price
 * @param channels out of a channel
 * @param escrow where its buyer can dispute it
 */
public record ShopWays(
    boolean exact,
    Optional<MeteredSales> metered,
    Optional<ChannelSales> channels,
    Optional<EscrowSales> escrow) {
  /** At its price, at once, and no other way. */
  public static final ShopWays EXACT =
      new ShopWays(true, Optional.empty(), Optional.empty(), Optional.empty());
}
