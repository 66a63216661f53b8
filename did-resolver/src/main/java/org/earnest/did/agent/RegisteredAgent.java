package org.earnest.did.agent;

import java.time.Instant;
import java.util.Optional;
import org.earnest.bindings.call.IdentityRegistryReads;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.AgentId;

/**
 * What the registry says of an agent at one block of one fork.
 *
 * @param time of the block
 * @param owner empty where there is no such agent
 * @param wallet empty where it has none
 * @param uri empty where it is not set
 */
record RegisteredAgent(
    AgentId id,
    BlockRef block,
    Instant time,
    Optional<EvmAddress> owner,
    Optional<EvmAddress> wallet,
    Optional<String> uri) {
  /** How often a reading may be overtaken by reorganisations. */
  static final int MAX_READINGS = 3;

  /**
   * Reads it at the newest block.
   *
   * @throws ChainUnavailableException when the chain does not answer, or will not stand still
   */
  static RegisteredAgent read(ChainReader chain, AgentId id) {
    for (int reading = 0; reading < MAX_READINGS; reading++) {
      BlockHeader head =
          chain
              .block(BlockTag.Named.LATEST)
              .orElseThrow(() -> new ChainUnavailableException("the node has no newest block"));
      RegisteredAgent agent = at(chain, id, head);
      if (agent.stands(chain)) {
        return agent;
      }
    }
    throw new ChainUnavailableException(chain.chainId() + " is being reorganised");
  }

  /** Whether the block is still the chain's. */
  boolean stands(ChainReader chain) {
    return chain
        .block(new BlockTag.Height(block.number()))
        .map(BlockHeader::ref)
        .filter(block::equals)
        .isPresent();
  }

  private static RegisteredAgent at(ChainReader chain, AgentId id, BlockHeader head) {
    BlockRef block = head.ref();
    Instant time = Instant.ofEpochSecond(head.timestamp());
    BlockTag at = new BlockTag.Height(block.number());
    IdentityRegistryReads registry = new IdentityRegistryReads(chain, id.registry().address());
    Optional<EvmAddress> owner = registry.owner(id.tokenId(), at);
    if (owner.isEmpty()) {
      return new RegisteredAgent(id, block, time, owner, Optional.empty(), Optional.empty());
    }
    return new RegisteredAgent(
        id,
        block,
        time,
        owner,
        registry.wallet(id.tokenId(), at).filter(wallet -> !wallet.equals(EvmAddress.ZERO)),
        registry.agentUri(id.tokenId(), at).filter(uri -> !uri.isBlank()));
  }
}
