package org.earnest.bench.submissions;

import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.RpcReply;

/** Counts what is asked of a node, by method. */
record MeasuredRpc(JsonRpc node, Tally tally) implements JsonRpc {
  @Override
  public RpcReply call(String method, Object... params) {
    return tally.time(method, () -> node.call(method, params));
  }
}
