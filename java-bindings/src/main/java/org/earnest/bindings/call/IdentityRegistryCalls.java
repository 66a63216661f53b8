package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.contract.IdentityRegistry;
import org.earnest.bindings.eip712.AgentWalletSet;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;

/** ERC-8004's identity registry. The sender of a registration becomes owner and wallet. */
public final class IdentityRegistryCalls {
  private final EvmAddress registry;
  private final IdentityRegistry abi;

  public IdentityRegistryCalls(EvmAddress registry) {
    this.registry = registry;
    this.abi = Wrappers.identityRegistry();
  }

  /**
   * Registers an agent for the sender.
   *
   * @param agentUri where its registration file is
   */
  public ChainCall register(String agentUri) {
    return Wrappers.call(registry, abi.register(agentUri));
  }

  /** The same, with metadata. */
  public ChainCall register(String agentUri, Map<String, byte[]> metadata) {
    List<IdentityRegistry.MetadataEntry> entries =
        metadata.entrySet().stream()
            .map(entry -> new IdentityRegistry.MetadataEntry(entry.getKey(), entry.getValue()))
            .toList();
    return Wrappers.call(registry, abi.register(agentUri, entries));
  }

  public ChainCall setAgentUri(BigInteger agentId, String uri) {
    return Wrappers.call(registry, abi.setAgentURI(agentId, uri));
  }

  public ChainCall setMetadata(BigInteger agentId, String key, byte[] value) {
    return Wrappers.call(registry, abi.setMetadata(agentId, key, value));
  }

  /**
   * Gives the agent another wallet.
   *
   * @param signature the new wallet's, of the consent
   */
  public ChainCall setAgentWallet(AgentWalletSet consent, byte[] signature) {
    return Wrappers.call(
        registry,
        abi.setAgentWallet(
            consent.agentId(), consent.newWallet().hex(), consent.deadline(), signature));
  }

  public ChainCall unsetAgentWallet(BigInteger agentId) {
    return Wrappers.call(registry, abi.unsetAgentWallet(agentId));
  }

  /** Lets an account act for all agents of the sender, or no longer. */
  public ChainCall setApprovalForAll(EvmAddress operator, boolean approved) {
    return Wrappers.call(registry, abi.setApprovalForAll(operator.hex(), approved));
  }

  public ChainCall transferFrom(EvmAddress from, EvmAddress to, BigInteger agentId) {
    return Wrappers.call(registry, abi.transferFrom(from.hex(), to.hex(), agentId));
  }
}
