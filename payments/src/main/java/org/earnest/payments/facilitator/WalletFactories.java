package org.earnest.payments.facilitator;

import java.util.Set;
import org.earnest.core.chain.EvmAddress;

/**
 * Whose wallets are deployed for their payers (ERC-6492).
 *
 * @param allowed factories whose code the operator trusts; gas is spent on them
 * @param batch a {@code CallBatch}, in which deployment and transfer are rehearsed together
 */
public record WalletFactories(Set<EvmAddress> allowed, EvmAddress batch) {
  public WalletFactories {
    allowed = Set.copyOf(allowed);
  }
}
