package org.earnest.cli.indexer;

import java.util.Optional;
import java.util.stream.Collectors;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.process.StartupException;
import org.earnest.reputation.chain.CanonicalDeployments;
import org.earnest.reputation.chain.FollowedContracts;

/** Which contracts an operator wants followed. */
public sealed interface ContractChoice {
  /** ERC-8004's own registries on whichever chain it is. */
  record Canonical(Optional<EvmAddress> validation, Optional<EvmAddress> escrow)
      implements ContractChoice {}

  record Named(
      EvmAddress identity,
      EvmAddress reputation,
      Optional<EvmAddress> validation,
      Optional<EvmAddress> escrow)
      implements ContractChoice {}

  /**
   * The contracts on a chain.
   *
   * @throws StartupException {@code deployment_unknown}
   */
  default FollowedContracts on(Caip2ChainId chain) {
    return switch (this) {
      case Canonical(Optional<EvmAddress> validation, Optional<EvmAddress> escrow) ->
          CanonicalDeployments.on(chain)
              .map(
                  at ->
                      new FollowedContracts(
                          chain, at.identity(), at.reputation(), validation, escrow))
              .orElseThrow(() -> unknown(chain));
      case Named named ->
          new FollowedContracts(
              chain, named.identity(), named.reputation(), named.validation(), named.escrow());
    };
  }

  private static StartupException unknown(Caip2ChainId chain) {
    return new StartupException(
        "deployment_unknown",
        "where ERC-8004's registries stand on " + chain + " is not known here",
        "Name them with --identity and --reputation; known are the chains "
            + CanonicalDeployments.chains().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ")));
  }
}
