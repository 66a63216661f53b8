package org.earnest.cli.indexer;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.earnest.core.chain.Caip2ChainId;

/**
 * One chain to follow.
 *
 * @param chain which it is, where that was said; else whichever the nodes serve
 * @param rpcUrls in the order in which they are to be asked
 * @param wsUrl a WebSocket that tells of its new heads
 * @param contracts which to follow
 * @param fromBlock the first block whose logs are wanted; by default the one that the contracts
 *     were made in
 * @param horizon how deep a reorganisation may be, in blocks
 * @param files how those are read that events point to
 */
public record ChainPlan(
    Optional<Caip2ChainId> chain,
    List<URI> rpcUrls,
    Optional<URI> wsUrl,
    ContractChoice contracts,
    OptionalLong fromBlock,
    int horizon,
    FileSettings files) {
  public ChainPlan {
    rpcUrls = List.copyOf(rpcUrls);
  }
}
