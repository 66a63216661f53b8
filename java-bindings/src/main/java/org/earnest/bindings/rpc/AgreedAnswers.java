package org.earnest.bindings.rpc;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import tools.jackson.databind.JsonNode;

/**
 * The questions that money depends on, put to two nodes: receipts, canonical blocks and counts of
 * transactions. Everything else is a matter of one node.
 */
final class AgreedAnswers {
  private static final String LATEST = BlockTag.Named.LATEST.rpc();
  private static final String PENDING = BlockTag.Named.PENDING.rpc();
  private static final String EARLIEST = BlockTag.Named.EARLIEST.rpc();

  private static final Set<String> METHODS =
      Set.of(RpcMethods.RECEIPT, RpcMethods.BLOCK_NUMBER, RpcMethods.BLOCK, RpcMethods.COUNT);

  private final Agreement agreement;
  private final AgreedHead head;
  private final Function<JsonNode, Object> receipt;
  private final Function<JsonNode, Object> header;

  AgreedAnswers(Endpoints endpoints, Caip2ChainId chain) {
    this.agreement = new Agreement(endpoints);
    this.head = new AgreedHead(endpoints, agreement, chain);
    this.receipt = node -> RpcValues.receipt(chain, node);
    this.header = node -> RpcValues.header(chain, node);
  }

  /** Whether some of its questions are among these. */
  static boolean concern(String method) {
    return METHODS.contains(method);
  }

  /** Empty where the question is not one of these. */
  Optional<RpcReply> ask(Deadline deadline, String method, Object... params) {
    return switch (method) {
      case RpcMethods.RECEIPT -> Optional.of(agreement.ask(deadline, receipt, method, params));
      case RpcMethods.BLOCK_NUMBER -> Optional.of(number(head.latest(deadline)));
      case RpcMethods.BLOCK -> block(deadline, String.valueOf(params[0]), params);
      case RpcMethods.COUNT -> Optional.of(count(deadline, String.valueOf(params[1]), params));
      default -> Optional.empty();
    };
  }

  private Optional<RpcReply> block(Deadline deadline, String tag, Object... params) {
    if (tag.equals(PENDING)) {
      return Optional.empty();
    }
    if (tag.equals(LATEST)) {
      return Optional.of(head.latest(deadline));
    }
    return tag.startsWith("0x") || tag.equals(EARLIEST)
        ? Optional.of(agreement.ask(deadline, header, RpcMethods.BLOCK, params))
        : Optional.of(head.named(deadline, tag));
  }

  private static RpcReply number(RpcReply block) {
    return block instanceof RpcReply.Result result && !result.value().isNull()
        ? new RpcReply.Result(result.value().path("number"))
        : block;
  }

  private RpcReply count(Deadline deadline, String tag, Object... params) {
    if (tag.equals(PENDING)) {
      return lowestCount(deadline, params);
    }
    if (!tag.equals(LATEST)) {
      return agreement.ask(deadline, RpcValues::quantity, RpcMethods.COUNT, params);
    }
    // Two nodes are rarely at the same block; at the same block they say the same.
    return number(head.latest(deadline)) instanceof RpcReply.Result height
        ? agreement.ask(deadline, RpcValues::quantity, RpcMethods.COUNT, params[0], height.value())
        : agreement.ask(deadline, RpcValues::quantity, RpcMethods.COUNT, params);
  }

  /**
   * Pools differ, and what is known to the journal alone is added by the engine; a count that is
   * too high would leave a gap.
   */
  private RpcReply lowestCount(Deadline deadline, Object... params) {
    List<Vote> votes =
        agreement.gather(
            deadline,
            RpcValues::quantity,
            seen -> counts(seen).size() >= Agreement.QUORUM,
            RpcMethods.COUNT,
            params);
    List<Vote> counts = counts(votes);
    if (counts.isEmpty()) {
      return votes.getFirst().reply();
    }
    if (counts.size() < Agreement.QUORUM) {
      throw new UntoldException("one node alone counts what is pending: it is not believed");
    }
    return counts.getFirst().reply();
  }

  /** From the lowest on; some nodes do not serve what is pending. */
  private static List<Vote> counts(List<Vote> votes) {
    return votes.stream()
        .filter(vote -> vote.essence() instanceof BigInteger)
        .sorted(Comparator.comparing(vote -> (BigInteger) vote.essence()))
        .toList();
  }
}
