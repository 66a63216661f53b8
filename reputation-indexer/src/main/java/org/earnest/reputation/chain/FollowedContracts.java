package org.earnest.reputation.chain;

import java.util.Set;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;

/** The contracts of one deployment on one chain. */
public record FollowedContracts(
    Caip2ChainId chain,
    EvmAddress identityRegistry,
    EvmAddress reputationRegistry,
    EvmAddress dealEscrow) {
  public Set<EvmAddress> addresses() {
    return Set.of(identityRegistry, reputationRegistry, dealEscrow);
  }

  /** The registry that an agent's id names. */
  public Caip10AccountId registry() {
    return new Caip10AccountId(chain, identityRegistry);
  }
}
