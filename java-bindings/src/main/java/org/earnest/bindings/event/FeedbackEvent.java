package org.earnest.bindings.event;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/** Events of ERC-8004's reputation registry. Texts are strangers'; indexes begin at 1. */
public sealed interface FeedbackEvent extends ContractEvent {
  /**
   * A client gave feedback.
   *
   * @param value fixed point with {@code valueDecimals}
   */
  record NewFeedback(
      BigInteger agentId,
      EvmAddress client,
      long index,
      BigInteger value,
      int valueDecimals,
      String tag1,
      String tag2,
      String endpoint,
      String feedbackUri,
      Hash32 feedbackHash)
      implements FeedbackEvent {}

  record FeedbackRevoked(BigInteger agentId, EvmAddress client, long index)
      implements FeedbackEvent {}

  record ResponseAppended(
      BigInteger agentId,
      EvmAddress client,
      long index,
      EvmAddress responder,
      String responseUri,
      Hash32 responseHash)
      implements FeedbackEvent {}
}
