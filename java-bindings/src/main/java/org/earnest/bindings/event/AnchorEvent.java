package org.earnest.bindings.event;

import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/** Events of the credential anchor. */
public sealed interface AnchorEvent extends ContractEvent {
  /** An issuer stands by a root since the log's block. */
  record Anchored(EvmAddress issuer, Hash32 root) implements AnchorEvent {}
}
