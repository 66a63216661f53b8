package org.earnest.bindings.rpc;

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
   * The result of a call that has no reason to fail.
   *
   * @throws ChainUnavailableException when the node refuses, too
   */
  default JsonNode require(String method, Object... params) {
    return switch (call(method, params)) {
      case RpcReply.Result result -> result.value();
      case RpcReply.Failure failure ->
          throw new ChainUnavailableException(
              method + " was refused: " + failure.message() + " (" + failure.code() + ")");
    };
  }
}
