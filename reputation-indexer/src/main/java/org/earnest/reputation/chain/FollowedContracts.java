package org.earnest.reputation.chain;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;

/**
 * The contracts of one deployment on one chain.
 *
 * @param validationRegistry empty where nobody named one: then there are no validations to tell of
 * @param dealEscrow empty where there are ERC-8004's registries alone, and so nothing settled
 */
public record FollowedContracts(
    Caip2ChainId chain,
    EvmAddress identityRegistry,
    EvmAddress reputationRegistry,
    Optional<EvmAddress> validationRegistry,
    Optional<EvmAddress> dealEscrow) {
  /** Without validations. */
  public FollowedContracts(
      Caip2ChainId chain,
      EvmAddress identityRegistry,
      EvmAddress reputationRegistry,
      Optional<EvmAddress> dealEscrow) {
    this(chain, identityRegistry, reputationRegistry, Optional.empty(), dealEscrow);
  }

  /** With an escrow. */
  public FollowedContracts(
      Caip2ChainId chain,
      EvmAddress identityRegistry,
      EvmAddress reputationRegistry,
      EvmAddress dealEscrow) {
    this(chain, identityRegistry, reputationRegistry, Optional.of(dealEscrow));
  }

  public Set<EvmAddress> addresses() {
    return Stream.of(
            Stream.of(identityRegistry, reputationRegistry),
            validationRegistry.stream(),
            dealEscrow.stream())
        .flatMap(addresses -> addresses)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The registry that an agent's id names. */
  public Caip10AccountId registry() {
    return new Caip10AccountId(chain, identityRegistry);
  }
}
