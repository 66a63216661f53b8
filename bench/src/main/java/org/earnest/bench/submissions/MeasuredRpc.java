package org.earnest.bench.submissions;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.RpcCall;
import org.earnest.bindings.rpc.RpcReply;

/** Counts what is asked of a node, by method. */
record MeasuredRpc(JsonRpc node, Tally tally) implements JsonRpc {
  @Override
  public RpcReply call(String method, Object... params) {
    return tally.time(method, () -> node.call(method, params));
  }

  @Override
  public List<RpcReply> callAll(List<RpcCall> calls) {
    String methods = calls.stream().map(RpcCall::method).distinct().collect(joining(", "));
    return tally.time(methods, () -> node.callAll(calls));
  }
}
