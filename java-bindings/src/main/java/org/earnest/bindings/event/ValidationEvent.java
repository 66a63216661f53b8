package org.earnest.bindings.event;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/** Events of ERC-8004's validation registry. Texts are strangers'. */
public sealed interface ValidationEvent extends ContractEvent {
  /** An agent asked a validator. */
  record Requested(EvmAddress validator, BigInteger agentId, String requestUri, Hash32 requestHash)
      implements ValidationEvent {}

  /**
   * A validator answered, for the first time or again.
   *
   * @param response 0 to 100
   */
  record Responded(
      EvmAddress validator,
      BigInteger agentId,
      Hash32 requestHash,
      int response,
      String responseUri,
      Hash32 responseHash,
      String tag)
      implements ValidationEvent {}
}
