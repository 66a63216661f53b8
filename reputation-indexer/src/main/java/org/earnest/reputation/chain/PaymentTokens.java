package org.earnest.reputation.chain;

import java.util.Map;
import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;

/** Circle's USD Coin where it is known, in which agents are paid most. */
public final class PaymentTokens {
  /** Ethereum, Base, Base Sepolia. */
  private static final Map<Caip2ChainId, EvmAddress> USDC =
      Map.of(
          Caip2ChainId.eip155(1), new EvmAddress("0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"),
          Caip2ChainId.eip155(8453), new EvmAddress("0x833589fcd6edb6e08f4c7c32d4f71b54bda02913"),
          Caip2ChainId.eip155(84532), new EvmAddress("0x036cbd53842c5426634e7929541ec2318f3dcf7e"));

  private PaymentTokens() {}

  /** That of a chain. */
  public static Optional<EvmAddress> usdc(Caip2ChainId chain) {
    return Optional.ofNullable(USDC.get(chain));
  }
}
