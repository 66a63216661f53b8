package org.earnest.bindings.call;

import java.math.BigInteger;
import org.earnest.bindings.contract.ReputationRegistry;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/** ERC-8004's reputation registry. The sender is the client whose feedback it is. */
public final class ReputationRegistryCalls {
  private final EvmAddress registry;
  private final ReputationRegistry abi;

  public ReputationRegistryCalls(EvmAddress registry) {
    this.registry = registry;
    this.abi = Wrappers.reputationRegistry();
  }

  public ChainCall giveFeedback(BigInteger agentId, Feedback feedback) {
    return Wrappers.call(
        registry,
        abi.giveFeedback(
            agentId,
            feedback.value(),
            BigInteger.valueOf(feedback.valueDecimals()),
            feedback.tag1(),
            feedback.tag2(),
            feedback.endpoint(),
            feedback.feedbackUri(),
            feedback.feedbackHash().bytes()));
  }

  /**
   * Takes back one's own feedback.
   *
   * @param index from 1
   */
  public ChainCall revokeFeedback(BigInteger agentId, long index) {
    return Wrappers.call(registry, abi.revokeFeedback(agentId, BigInteger.valueOf(index)));
  }

  /** Answers feedback; by anyone. */
  public ChainCall appendResponse(
      BigInteger agentId, EvmAddress client, long index, String uri, Hash32 hash) {
    return Wrappers.call(
        registry,
        abi.appendResponse(agentId, client.hex(), BigInteger.valueOf(index), uri, hash.bytes()));
  }

  /**
   * One entry of feedback (ERC-8004).
   *
   * @param value a fixed-point number, between -1e38 and 1e38
   * @param valueDecimals its decimals, 0 to 18
   * @param feedbackUri where the feedback file is; empty for none
   * @param feedbackHash Keccak-256 of the file; zero where the URI binds its content
   */
  public record Feedback(
      BigInteger value,
      int valueDecimals,
      String tag1,
      String tag2,
      String endpoint,
      String feedbackUri,
      Hash32 feedbackHash) {}
}
