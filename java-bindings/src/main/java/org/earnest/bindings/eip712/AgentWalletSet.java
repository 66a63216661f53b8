package org.earnest.bindings.eip712;

import java.math.BigInteger;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * A wallet's consent to receive for an agent (ERC-8004, {@code setAgentWallet}).
 *
 * @param deadline second of 1970; the registry takes at most five minutes ahead
 */
public record AgentWalletSet(
    BigInteger agentId, EvmAddress newWallet, EvmAddress owner, BigInteger deadline) {
  private static final Hash32 TYPE =
      Keccak256.hash(
          "AgentWalletSet(uint256 agentId,address newWallet,address owner,uint256 deadline)");

  /** What {@code newWallet} signs. */
  public Hash32 digest(Caip2ChainId chain, EvmAddress registry) {
    return new Eip712Domain("ERC8004IdentityRegistry", "1", chain, registry)
        .digest(
            Words.ofType(TYPE)
                .uint(agentId)
                .address(newWallet)
                .address(owner)
                .uint(deadline)
                .hash());
  }
}
