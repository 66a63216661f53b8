package org.earnest.testkit.chain;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.earnest.testkit.chain.NodeConnection.Call;
import org.earnest.testkit.chain.NodeFault.Forgotten;
import org.earnest.testkit.chain.NodeFault.Reorganised;
import org.earnest.testkit.chain.NodeFault.StaleBlock;
import org.earnest.testkit.chain.NodeFault.WrongNonce;
import tools.jackson.databind.JsonNode;

/** A node with a fault of its own in one call. */
final class MisleadingNode {
  /** Looks at the pool; where nothing is mined by itself it stays as it is. */
  private static final int MAX_LOOKS = 50;

  private static final Duration LOOK = Duration.ofMillis(2);

  private static final Set<String> BY_HASH =
      Set.of("eth_getTransactionReceipt", "eth_getTransactionByHash");

  private final NodeConnection node;
  private volatile long floor;

  MisleadingNode(NodeConnection node) {
    this.node = node;
  }

  /** No reorganisation takes back what is there now. */
  void keepWhatIsThere() {
    floor = node.head();
  }

  String answer(String body, NodeFault fault) {
    return switch (fault) {
      case StaleBlock stale -> {
        StaleView past = new StaleView(node, Math.max(0, node.head() - stale.blocks()));
        yield NodeConnection.each(body, past::answer);
      }
      case WrongNonce wrong -> NodeConnection.each(body, call -> miscounted(call, wrong));
      case Forgotten forgotten -> NodeConnection.each(body, this::forgotten);
      case Reorganised reorganised -> {
        node.alone(() -> reorganise(reorganised.depth()));
        yield node.forward(body);
      }
    };
  }

  private String miscounted(String body, WrongNonce wrong) {
    Call call = NodeConnection.read(body);
    String answer = node.forward(body);
    JsonNode count = NodeConnection.result(answer);
    if (!call.method().equals("eth_getTransactionCount") || !count.isString()) {
      return answer;
    }
    long lie = call.text(1).equals("pending") ? wrong.pending() : wrong.mined();
    return NodeConnection.answer(
        call, NodeConnection.hex(Math.max(0, Long.decode(count.stringValue()) + lie)));
  }

  private String forgotten(String body) {
    Call call = NodeConnection.read(body);
    if (BY_HASH.contains(call.method())) {
      return NodeConnection.answer(call, null);
    }
    String answer = node.forward(body);
    if (call.method().equals("eth_sendRawTransaction")
        && NodeConnection.result(answer).isString()) {
      node.ask("anvil_dropTransaction", NodeConnection.result(answer).stringValue());
    }
    return answer;
  }

  /** An anvil that mines while it is reorganised has blocks and a state that do not agree. */
  private void reorganise(int depth) {
    awaitMined();
    long blocks = Math.min(depth, node.head() - floor);
    if (blocks > 0) {
      node.ask("anvil_reorg", blocks, List.of());
    }
  }

  private void awaitMined() {
    for (int i = 0; i < MAX_LOOKS && waits(); i++) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private boolean waits() {
    return !node.ask("txpool_status").path("pending").asString("0x0").equals("0x0");
  }
}
