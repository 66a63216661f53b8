package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.bindings.contract.IdentityRegistry;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;

/** What ERC-8004's identity registry knows; empty for an agent that does not exist. */
public final class IdentityRegistryReads {
  private final IdentityRegistry abi;
  private final ContractReads reads;

  public IdentityRegistryReads(ChainReader chain, EvmAddress registry) {
    this.abi = Wrappers.identityRegistry();
    this.reads = new ContractReads(chain, registry);
  }

  public Optional<EvmAddress> owner(BigInteger agentId, BlockTag at) {
    return reads.find(
        abi.ownerOf(agentId), at, values -> new EvmAddress(values.get(0, String.class)));
  }

  /** Where the agent's registration file is. */
  public Optional<String> agentUri(BigInteger agentId, BlockTag at) {
    return reads.find(abi.tokenURI(agentId), at, values -> values.get(0, String.class));
  }

  /** The wallet and the owner epoch; zero and 0 for an agent that does not exist. */
  public AgentBinding binding(BigInteger agentId, BlockTag at) {
    return reads.read(
        abi.agentWalletAndEpoch(agentId),
        at,
        values ->
            new AgentBinding(
                new EvmAddress(values.get(0, String.class)),
                values.get(1, BigInteger.class).longValueExact()));
  }

  /** Where the agent is paid; zero when there is none. */
  public Optional<EvmAddress> wallet(BigInteger agentId, BlockTag at) {
    return reads.find(
        abi.getAgentWallet(agentId), at, values -> new EvmAddress(values.get(0, String.class)));
  }

  /** No bytes where the key was never set. */
  public byte[] metadata(BigInteger agentId, String key, BlockTag at) {
    return reads.read(abi.getMetadata(agentId, key), at, values -> values.get(0, byte[].class));
  }

  /** Whether the account is the agent's owner or operator. */
  public Optional<Boolean> authorized(EvmAddress account, BigInteger agentId, BlockTag at) {
    return reads.find(
        abi.isAuthorizedOrOwner(account.hex(), agentId),
        at,
        values -> values.get(0, Boolean.class));
  }

  /**
   * An agent's wallet, and how often the agent passed to another owner.
   *
   * @param wallet zero when there is none
   */
  public record AgentBinding(EvmAddress wallet, long epoch) {}
}
