package org.earnest.bindings.rpc;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.NullNode;

/**
 * The newest block that two nodes have. It goes back only when every node that answers is behind
 * it, as after a reorganisation to a shorter chain; one that lags does not take it back.
 */
final class AgreedHead {
  /** By which the nodes may differ without a word about it. */
  static final long USUAL_LAG_BLOCKS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(AgreedHead.class);
  private static final String LATEST = BlockTag.Named.LATEST.rpc();

  private final Endpoints endpoints;
  private final Agreement agreement;
  private final Caip2ChainId chain;
  private boolean lagging;
  private Optional<Vote> highest = Optional.empty();

  AgreedHead(Endpoints endpoints, Agreement agreement, Caip2ChainId chain) {
    this.endpoints = endpoints;
    this.agreement = agreement;
    this.chain = chain;
  }

  /** The newest block, with hashes of its transactions or without. */
  RpcReply latest(Deadline deadline) {
    long before = endpoints.agreedHead();
    List<Vote> votes =
        agreement.gather(
            deadline,
            block(LATEST),
            seen ->
                seen.stream().filter(vote -> vote.tells() && number(vote) >= before).count()
                    >= Agreement.QUORUM);
    votes.stream().filter(Vote::tells).forEach(vote -> vote.endpoint().showed(number(vote)));
    List<Vote> blocks = descending(votes);
    if (blocks.isEmpty()) {
      return votes.getFirst().reply();
    }
    if (blocks.size() < Agreement.QUORUM) {
      throw new UntoldException("one node alone tells its newest block: it is not believed");
    }
    return raise(blocks.get(0), blocks.get(1), before).reply();
  }

  private synchronized Vote raise(Vote first, Vote second, long before) {
    tellOfLag(number(first) - number(second));
    long now = endpoints.agreedHead();
    // Another may have seen it rise meanwhile: these answers are older, and prove nothing.
    boolean behind = number(first) >= now || now != before;
    if (number(second) < now && behind && highest.isPresent()) {
      return highest.get();
    }
    endpoints.agreeOn(number(second));
    highest = Optional.of(second);
    return second;
  }

  private void tellOfLag(long blocks) {
    boolean far = blocks > USUAL_LAG_BLOCKS;
    if (far && !lagging) {
      LOG.warn("a node is {} blocks behind another: what is newer is not believed yet", blocks);
    }
    lagging = far;
  }

  /** What two call safe or finalized: the older of their blocks. */
  RpcReply named(Deadline deadline, String tag) {
    List<Vote> votes =
        agreement.gather(
            deadline,
            block(tag),
            seen -> seen.stream().filter(Vote::tells).count() >= Agreement.QUORUM);
    List<Vote> blocks = descending(votes);
    if (blocks.size() >= Agreement.QUORUM) {
      return blocks.get(1).reply();
    }
    return blocks.isEmpty()
        ? votes.getFirst().reply()
        : new RpcReply.Result(NullNode.getInstance());
  }

  private Question block(String tag) {
    return new Question(
        RpcCall.of(RpcMethods.BLOCK, tag, false), block -> RpcValues.header(chain, block));
  }

  private static List<Vote> descending(List<Vote> votes) {
    return votes.stream()
        .filter(Vote::tells)
        .sorted(Comparator.comparingLong(AgreedHead::number).reversed())
        .toList();
  }

  private static long number(Vote vote) {
    return vote.essence() instanceof BlockHeader header ? header.ref().number() : -1;
  }
}
