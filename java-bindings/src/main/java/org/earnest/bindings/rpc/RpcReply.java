package org.earnest.bindings.rpc;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.ChainUnavailableException;
import tools.jackson.databind.JsonNode;

/** A node's answer to one call (JSON-RPC 2.0 §5). */
public sealed interface RpcReply {
  /**
   * The node did it.
   *
   * @param value JSON null where the node knows nothing
   */
  record Result(JsonNode value) implements RpcReply {
    /**
     * The value as a number of the execution API: not negative, 256 bits at most.
     *
     * @throws ChainUnavailableException when it is none
     */
    public BigInteger quantity() {
      return JsonRpcChainReader.read("a question of quantity", value, RpcValues::quantity);
    }
  }

  /**
   * The node understood the call and refused it.
   *
   * @param data revert data or details; its shape differs between nodes
   */
  record Failure(int code, String message, Optional<JsonNode> data) implements RpcReply {}
}
