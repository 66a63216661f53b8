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
 * The questions that money depends on, put to two nodes: receipts, mined transactions, canonical
 * blocks and counts of transactions. Everything else is a matter of one node.
 */
final class AgreedAnswers {
  private static final String LATEST = BlockTag.Named.LATEST.rpc();
  private static final String PENDING = BlockTag.Named.PENDING.rpc();
  private static final String EARLIEST = BlockTag.Named.EARLIEST.rpc();

  private static final Set<String> METHODS =
      Set.of(
          RpcMethods.RECEIPT,
          RpcMethods.MINED,
          RpcMethods.BLOCK_NUMBER,
          RpcMethods.BLOCK,
          RpcMethods.COUNT);

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

  /** What nodes are asked as it stands; empty where that depends on the newest block or a pool. */
  Optional<Question> question(RpcCall call) {
    return switch (call.method()) {
      case RpcMethods.RECEIPT -> Optional.of(new Question(call, receipt));
      case RpcMethods.MINED -> Optional.of(new Question(call, RpcValues::transaction));
      case RpcMethods.BLOCK ->
          isHeight(tag(call, 0)) ? Optional.of(new Question(call, header)) : Optional.empty();
      case RpcMethods.COUNT ->
          Set.of(PENDING, LATEST).contains(tag(call, 1))
              ? Optional.empty()
              : Optional.of(new Question(call, RpcValues::quantity));
      default -> Optional.empty();
    };
  }

  /** Several of those. */
  AgreedBatch batch(List<RpcCall> calls) {
    return new AgreedBatch(
        agreement, calls.stream().map(this::question).map(Optional::orElseThrow).toList());
  }

  /** Empty where the question is not one of these. */
  Optional<RpcReply> ask(Deadline deadline, RpcCall call) {
    Optional<Question> question = question(call);
    if (question.isPresent()) {
      return Optional.of(agreement.ask(deadline, question.get()));
    }
    return switch (call.method()) {
      case RpcMethods.BLOCK_NUMBER -> Optional.of(number(head.latest(deadline)));
      case RpcMethods.BLOCK -> block(deadline, tag(call, 0));
      case RpcMethods.COUNT -> Optional.of(count(deadline, call));
      default -> Optional.empty();
    };
  }

  private static String tag(RpcCall call, int place) {
    return String.valueOf(call.params().get(place));
  }

  private static boolean isHeight(String tag) {
    return tag.startsWith("0x") || tag.equals(EARLIEST);
  }

  private Optional<RpcReply> block(Deadline deadline, String tag) {
    if (tag.equals(PENDING)) {
      return Optional.empty();
    }
    return Optional.of(tag.equals(LATEST) ? head.latest(deadline) : head.named(deadline, tag));
  }

  private static RpcReply number(RpcReply block) {
    return block instanceof RpcReply.Result result && !result.value().isNull()
        ? new RpcReply.Result(result.value().path("number"))
        : block;
  }

  private RpcReply count(Deadline deadline, RpcCall call) {
    if (tag(call, 1).equals(PENDING)) {
      return lowestCount(deadline, call);
    }
    // Two nodes are rarely at the same block; at the same block they say the same.
    RpcCall alike =
        number(head.latest(deadline)) instanceof RpcReply.Result height
            ? RpcCall.of(RpcMethods.COUNT, call.params().getFirst(), height.value())
            : call;
    return agreement.ask(deadline, new Question(alike, RpcValues::quantity));
  }

  /**
   * Pools differ, and what is known to the journal alone is added by the engine; a count that is
   * too high would leave a gap.
   */
  private RpcReply lowestCount(Deadline deadline, RpcCall call) {
    List<Vote> votes =
        agreement.gather(
            deadline,
            new Question(call, RpcValues::quantity),
            seen -> counts(seen).size() >= Agreement.QUORUM);
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
