package org.earnest.bindings.rpc;

import java.util.List;
import org.earnest.core.chain.ChainUnavailableException;
import tools.jackson.databind.JsonNode;

/** Calls one Ethereum node. */
public interface JsonRpc {
  /**
   * Makes one call.
   *
   * @param params strings, numbers, booleans, lists, maps or {@link JsonNode}s
   * @throws ChainUnavailableException when there is no answer in time, or none in the protocol
   */
  RpcReply call(String method, Object... params);

  /**
   * Makes these calls in their order; in one request where that can be (JSON-RPC 2.0, section 6).
   *
   * @return the replies, in the same order
   * @throws ChainUnavailableException when one of them is missing; the others may have been done
   */
  default List<RpcReply> callAll(List<RpcCall> calls) {
    return calls.stream().map(call -> call(call.method(), call.params().toArray())).toList();
  }

  /**
   * The result of a call that has no reason to fail.
   *
   * @throws ChainUnavailableException when the node refuses, too
   */
  default JsonNode require(String method, Object... params) {
    return call(method, params).require(method).value();
  }
}
