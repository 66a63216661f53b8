package org.earnest.reputation.chain;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;

/**
 * Where ERC-8004's own registries (version 2.0.0) stand. They have one pair of addresses on all
 * main networks and another on all test networks, as they were made by CREATE2.
 *
 * <p>The addresses are those of the README of {@code github.com/erc-8004/erc-8004-contracts}, as
 * Base, Abstract and BNB Chain name them in their own documentation, too. A chain is listed here
 * when that README and somebody independent of it name it; others are followed by address.
 */
public final class CanonicalDeployments {
  private static final Registries MAIN =
      new Registries(
          new EvmAddress("0x8004a169fb4a3325136eb29fa0ceb6d2e539a432"),
          new EvmAddress("0x8004baa17c55a88189ae136b182e5fda19de9b63"));
  private static final Registries TEST =
      new Registries(
          new EvmAddress("0x8004a818bfb912233c491871b3d84c89a494bd9e"),
          new EvmAddress("0x8004b663056a597dffe9eccc1965a193b7388713"));

  /** Ethereum, BNB Smart Chain, Polygon, Abstract, Base, Arbitrum One, Celo. */
  private static final List<Long> MAIN_CHAINS =
      List.of(1L, 56L, 137L, 2741L, 8453L, 42161L, 42220L);

  /** BNB Smart Chain's test network, Base Sepolia, Sepolia. */
  private static final List<Long> TEST_CHAINS = List.of(97L, 84532L, 11155111L);

  private CanonicalDeployments() {}

  /** The two of one deployment. */
  public record Registries(EvmAddress identity, EvmAddress reputation) {}

  /** Those of a chain, where they are known. */
  public static Optional<Registries> on(Caip2ChainId chain) {
    if (MAIN_CHAINS.stream().map(Caip2ChainId::eip155).anyMatch(chain::equals)) {
      return Optional.of(MAIN);
    }
    return TEST_CHAINS.stream().map(Caip2ChainId::eip155).anyMatch(chain::equals)
        ? Optional.of(TEST)
        : Optional.empty();
  }

  /** The chains that have one, by their EIP-155 numbers. */
  public static SortedSet<Long> chains() {
    SortedSet<Long> chains = new TreeSet<>(MAIN_CHAINS);
    chains.addAll(TEST_CHAINS);
    return chains;
  }
}
