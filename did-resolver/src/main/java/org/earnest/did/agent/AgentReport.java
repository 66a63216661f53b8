package org.earnest.did.agent;

import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.Did;

/**
 * What holds an agent and a DID together.
 *
 * @param block which the registry was read at; a did:ethr of the same chain too
 * @param reorganised whether the block was taken back while links were looked at; nothing is proven
 *     then
 * @param did which was looked at; empty where the file names none
 * @param links each of {@link AgentLink}, in their order
 */
public record AgentReport(
    AgentId agent,
    BlockRef block,
    boolean reorganised,
    Optional<EvmAddress> owner,
    Optional<EvmAddress> wallet,
    Optional<String> uri,
    Optional<Did> did,
    List<LinkFinding> links) {
  public AgentReport {
    links = List.copyOf(links);
  }

  /** Whether every link holds, at a block that stands. */
  public boolean proven() {
    return !reorganised && links.stream().allMatch(link -> link.state() == LinkFinding.State.OK);
  }
}
