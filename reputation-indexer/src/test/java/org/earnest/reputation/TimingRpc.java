package org.earnest.reputation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.RpcReply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A node whose logs tell their blocks' times or do not, and that counts headers asked for. */
final class TimingRpc implements JsonRpc {
  private final JsonRpc node;
  private final boolean telling;
  private final Set<Object> headers = ConcurrentHashMap.newKeySet();

  TimingRpc(JsonRpc node, boolean telling) {
    this.node = node;
    this.telling = telling;
  }

  /** Headers that were asked for by their hashes, each once. */
  int headers() {
    return headers.size();
  }

  @Override
  public RpcReply call(String method, Object... params) {
    if (method.equals("eth_getBlockByHash")) {
      headers.add(params[0]);
    }
    RpcReply reply = node.call(method, params);
    if (method.equals("eth_getLogs") && reply instanceof RpcReply.Result logs) {
      logs.value().forEach(this::told);
    }
    return reply;
  }

  private void told(JsonNode log) {
    if (!telling) {
      ((ObjectNode) log).remove("blockTimestamp");
    } else if (!log.has("blockTimestamp")) {
      throw new AssertionError("this node tells no times: " + log);
    }
  }
}
