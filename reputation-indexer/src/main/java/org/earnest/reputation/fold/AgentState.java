package org.earnest.reputation.fold;

import java.util.Optional;
import org.earnest.core.chain.EvmAddress;

/**
 * An agent as its registry's events left it.
 *
 * @param wallet who acts for it; empty after a transfer until the new owner names one
 * @param epoch changes of owner since registration
 */
public record AgentState(EvmAddress owner, Optional<EvmAddress> wallet, String uri, long epoch) {
  /** Before its first event. */
  public static final AgentState NONE = new AgentState(EvmAddress.ZERO, Optional.empty(), "", 0);

  public AgentState after(AgentChange change) {
    return switch (change) {
      case AgentChange.Transferred moved -> transferred(moved);
      case AgentChange.Registered registered ->
          new AgentState(registered.owner(), wallet, registered.uri(), epoch);
      case AgentChange.UriUpdated updated -> new AgentState(owner, wallet, updated.uri(), epoch);
      case AgentChange.WalletSet set -> new AgentState(owner, set.wallet(), uri, epoch);
    };
  }

  private AgentState transferred(AgentChange.Transferred moved) {
    boolean sold =
        !moved.from().isZero() && !moved.to().isZero() && !moved.from().equals(moved.to());
    return new AgentState(moved.to(), wallet, uri, sold ? epoch + 1 : epoch);
  }
}
