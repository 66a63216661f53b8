package org.earnest.testkit.chain;

import java.util.List;
import java.util.Set;
import org.earnest.testkit.chain.NodeConnection.Call;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers as a node that has seen no block after a certain one. */
final class StaleView {
  private static final Set<String> MOVING = Set.of("latest", "pending", "safe", "finalized");

  private final NodeConnection node;
  private final long newest;

  StaleView(NodeConnection node, long newest) {
    this.node = node;
    this.newest = newest;
  }

  String answer(String body) {
    Call call = NodeConnection.read(body);
    return switch (call.method()) {
      case "eth_blockNumber" -> NodeConnection.answer(call, NodeConnection.hex(newest));
      case "eth_getBlockByNumber" -> unlessNewer(call, at(call, 0), "number");
      case "eth_getBlockByHash" -> unlessNewer(call, node.forward(body), "number");
      case "eth_getTransactionReceipt", "eth_getTransactionByHash" ->
          unlessNewer(call, node.forward(body), "blockNumber");
      case "eth_getTransactionCount", "eth_getBalance", "eth_getCode", "eth_call" -> at(call, 1);
      case "eth_estimateGas" ->
          node.forward(call, call.params().getFirst(), NodeConnection.hex(newest));
      case "eth_getLogs" -> logs(call);
      default -> node.forward(body);
    };
  }

  /** The block that a tag names is the newest there is; a height stays what it is. */
  private String at(Call call, int tag) {
    Object[] params = call.params().toArray();
    String asked = call.text(tag);
    if (MOVING.contains(asked)) {
      params[tag] = NodeConnection.hex(newest);
    } else if (asked.startsWith("0x") && Long.decode(asked) > newest && tag > 0) {
      return NodeConnection.error(call, -32000, "header not found");
    }
    return node.forward(call, params);
  }

  private String unlessNewer(Call call, String answer, String member) {
    JsonNode number = NodeConnection.result(answer).path(member);
    return number.isString() && Long.decode(number.stringValue()) > newest
        ? NodeConnection.answer(call, null)
        : answer;
  }

  private String logs(Call call) {
    ObjectNode filter = (ObjectNode) call.params().getFirst().deepCopy();
    long from = Long.decode(filter.path("fromBlock").asString("0x0"));
    if (from > newest) {
      return NodeConnection.answer(call, List.of());
    }
    if (Long.decode(filter.path("toBlock").asString("0x0")) > newest) {
      filter.put("toBlock", NodeConnection.hex(newest));
    }
    return node.forward(call, filter);
  }
}
