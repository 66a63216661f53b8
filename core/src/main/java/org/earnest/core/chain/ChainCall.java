package org.earnest.core.chain;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A reading of a contract, or a rehearsal of a transaction.
 *
 * @param from the sender to be assumed; empty for the zero address
 * @param data calldata, prefixed hexadecimal
 * @param gas what it gets at most; empty for what the node gives
 */
public record ChainCall(Optional<EvmAddress> from, EvmAddress to, String data, OptionalLong gas) {
  public ChainCall(Optional<EvmAddress> from, EvmAddress to, String data) {
    this(from, to, data, OptionalLong.empty());
  }

  public ChainCall(EvmAddress to, String data) {
    this(Optional.empty(), to, data);
  }
}
