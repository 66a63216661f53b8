package org.earnest.bindings.event;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;

/** Events of ERC-8004's identity registry. Texts are strangers'. */
public sealed interface IdentityEvent extends ContractEvent {
  record Registered(BigInteger agentId, String agentUri, EvmAddress owner)
      implements IdentityEvent {}

  record UriUpdated(BigInteger agentId, String newUri, EvmAddress updatedBy)
      implements IdentityEvent {}

  /**
   * Metadata changed; the key {@code agentWallet} carries the wallet, or nothing.
   *
   * @param value prefixed hexadecimal
   */
  record MetadataSet(BigInteger agentId, String key, String value) implements IdentityEvent {}

  /** The agent's token (ERC-721) passed on; from zero when it was registered. */
  record AgentTransferred(EvmAddress from, EvmAddress to, BigInteger agentId)
      implements IdentityEvent {}

  /** An account may act for all agents of an owner, or may no longer (ERC-721). */
  record OperatorSet(EvmAddress owner, EvmAddress operator, boolean approved)
      implements IdentityEvent {}
}
