package org.earnest.reputation.fold;

import java.util.Optional;
import org.earnest.core.chain.EvmAddress;

/** What an identity registry's event says of one agent. */
public sealed interface AgentChange {
  /** The ERC-721 token moved; from zero when it was minted. */
  record Transferred(EvmAddress from, EvmAddress to) implements AgentChange {}

  record Registered(EvmAddress owner, String uri) implements AgentChange {}

  record UriUpdated(String uri) implements AgentChange {}

  /** The agent's wallet was set, or taken away. */
  record WalletSet(Optional<EvmAddress> wallet) implements AgentChange {}
}
