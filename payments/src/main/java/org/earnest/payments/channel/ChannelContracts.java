package org.earnest.payments.channel;

import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;

/** Where the contracts of channels are: at the same addresses on every chain. */
public final class ChannelContracts {
  public static final EvmAddress HUB = new EvmAddress("0x4020074e9dF2ce1deE5A9C1b5c3f541D02a10003");

  /** Fetches deposits by EIP-3009. */
  public static final EvmAddress COLLECTOR =
      new EvmAddress("0x4020806089470a89826cB9fB1f4059150b550004");

  private ChannelContracts() {}

  /** What binds vouchers to the hub on one chain. */
  public static Eip712Domain domain(Caip2ChainId chain) {
    return new Eip712Domain("x402 Batch Settlement", "1", chain, HUB);
  }
}
