package org.earnest.core.chain;

import java.util.Optional;

/**
 * A reading of a contract, or a rehearsal of a transaction.
 *
 * @param from the sender to be assumed; empty for the zero address
 * @param data calldata, prefixed hexadecimal
 */
public record ChainCall(Optional<EvmAddress> from, EvmAddress to, String data) {
  public ChainCall(EvmAddress to, String data) {
    this(Optional.empty(), to, data);
  }
}
