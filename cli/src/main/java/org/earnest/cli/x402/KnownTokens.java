package org.earnest.cli.x402;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.kit.process.StartupException;
import org.earnest.payments.wire.NetworksV1;
import org.earnest.payments.wire.PaymentRequirements;

/** Tokens that need not be described. */
public final class KnownTokens {
  private static final int USDC_DECIMALS = 6;

  private static final List<SoldToken> TOKENS =
      List.of(
          new SoldToken(
              Caip19AssetId.parse(Wallet.USDC.get(0)), "USDC", "USD Coin", "2", USDC_DECIMALS),
          new SoldToken(
              Caip19AssetId.parse(Wallet.USDC.get(1)), "USDC", "USDC", "2", USDC_DECIMALS));

  private KnownTokens() {}

  /**
   * The USDC of a chain.
   *
   * @throws StartupException {@code asset_needed}
   */
  public static SoldToken of(Caip2ChainId chain) {
    return find(chain)
        .orElseThrow(
            () ->
                new StartupException(
                    "asset_needed",
                    "no token of " + chain + " is known",
                    "Name one with --asset, --asset-name, --asset-version and --decimals"));
  }

  private static Optional<SoldToken> find(Caip2ChainId chain) {
    return TOKENS.stream().filter(token -> token.asset().chain().equals(chain)).findFirst();
  }

  /** An amount as people write it, where the token is known. */
  static Optional<String> worth(PaymentRequirements terms) {
    return TOKENS.stream()
        .filter(token -> token.asset().chain().toString().equals(terms.network()))
        .filter(token -> token.asset().token().hex().equalsIgnoreCase(terms.asset()))
        .findFirst()
        .map(
            token ->
                new BigDecimal(terms.amount(), token.decimals())
                        .stripTrailingZeros()
                        .toPlainString()
                    + " "
                    + token.symbol());
  }

  /**
   * A chain by its CAIP-2 identifier, or by its name in version 1 of the protocol.
   *
   * @throws StartupException {@code network_invalid}
   */
  public static Caip2ChainId chain(String network) {
    try {
      return Caip2ChainId.parse(NetworksV1.caip2(network).orElse(network));
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "network_invalid",
          "--network is no chain",
          "Write it as eip155:84532, or as base-sepolia");
    }
  }
}
