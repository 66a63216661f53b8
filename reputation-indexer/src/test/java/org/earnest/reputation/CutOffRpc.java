package org.earnest.reputation;

import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.RpcReply;

/** A node that refuses logs above a height, as one that dies in the middle of a long read. */
record CutOffRpc(JsonRpc node, long lastBlock) implements JsonRpc {
  private static final RpcReply REFUSED = new RpcReply.Failure(-32000, "gone", Optional.empty());

  @Override
  public RpcReply call(String method, Object... params) {
    return method.equals("eth_getLogs") && to(params[0]) > lastBlock
        ? REFUSED
        : node.call(method, params);
  }

  private static long to(Object filter) {
    return Long.decode(String.valueOf(((Map<?, ?>) filter).get("toBlock")));
  }
}
