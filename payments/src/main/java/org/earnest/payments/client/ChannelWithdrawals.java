package org.earnest.payments.client;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.earnest.bindings.call.ChannelHubCalls;
import org.earnest.bindings.call.ChannelHubReads;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.payments.channel.ChannelContracts;

/**
 * Takes what is left in channels back from the hub, without their sellers: asked for, waited for,
 * and fetched, each by a transaction of the payer's. Until it is fetched the seller may claim what
 * was signed for it.
 */
public final class ChannelWithdrawals {
  private static final BlockTag NOW = BlockTag.Named.LATEST;

  private final ChainReader chain;
  private final ChannelHubReads hub;
  private final ChannelHubCalls calls = new ChannelHubCalls(ChannelContracts.HUB);

  public ChannelWithdrawals(ChainReader chain) {
    this.chain = chain;
    this.hub = new ChannelHubReads(chain, ChannelContracts.HUB);
  }

  /** How a channel stands on the chain. Amounts are atomic units. */
  public sealed interface Standing {
    /** What the hub holds for the channel, claimed or not. */
    BigInteger balance();

    /** How much of that is its seller's already. */
    BigInteger claimed();

    /** What is not claimed, and still may be. */
    default BigInteger left() {
      return balance().subtract(claimed());
    }

    /** Nothing can be taken back. */
    record Empty(BigInteger balance, BigInteger claimed) implements Standing {}

    /** Something can, and was not asked for. */
    record Open(BigInteger balance, BigInteger claimed) implements Standing {}

    /**
     * It was asked for.
     *
     * @param from when it can be fetched
     */
    record Waiting(BigInteger balance, BigInteger claimed, Instant from) implements Standing {}

    /** It can be fetched. */
    record Ready(BigInteger balance, BigInteger claimed) implements Standing {}
  }

  /**
   * Looks at a channel.
   *
   * @throws ChainUnavailableException as the node
   */
  public Standing standing(Purse purse) {
    ChannelHubReads.Channel state = hub.state(purse.id(), NOW);
    BigInteger balance = state.held().balance();
    BigInteger claimed = state.held().totalClaimed();
    if (state.withdrawal().initiatedAt() != 0) {
      long from = state.withdrawal().initiatedAt() + purse.channel().withdrawDelay();
      return from <= chain.time()
          ? new Standing.Ready(balance, claimed)
          : new Standing.Waiting(balance, claimed, Instant.ofEpochSecond(from));
    }
    return balance.equals(claimed)
        ? new Standing.Empty(balance, claimed)
        : new Standing.Open(balance, claimed);
  }

  /**
   * The payer's next transaction towards the end of a channel; empty where it is to wait, or done.
   * Asked again before it is mined it is the same one.
   */
  public Optional<SubmissionRequest> next(Purse purse, Standing standing) {
    ChannelConfig channel = purse.channel();
    return switch (standing) {
      case Standing.Open open ->
          Optional.of(request(purse, "ask", calls.initiateWithdraw(channel, open.left())));
      case Standing.Ready ready ->
          Optional.of(request(purse, "fetch", calls.finalizeWithdraw(channel)));
      case Standing.Waiting waiting -> Optional.empty();
      case Standing.Empty empty -> Optional.empty();
    };
  }

  /** By the payer's count of transactions, as a channel may be closed again and again. */
  private SubmissionRequest request(Purse purse, String step, ChainCall call) {
    BigInteger sent = chain.transactionCount(purse.channel().payer(), NOW);
    return new SubmissionRequest(
        "x402:withdrawal:%s:%s:%s:%s".formatted(chain.chainId(), purse.id(), step, sent),
        call.to(),
        call.data());
  }
}
