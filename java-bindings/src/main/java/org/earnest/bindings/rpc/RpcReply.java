package org.earnest.bindings.rpc;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.ChainUnavailableException;
import tools.jackson.databind.JsonNode;

/** A node's answer to one call (JSON-RPC 2.0 §5). */
public sealed interface RpcReply {
  /**
   * The result of a call that has no reason to fail.
   *
   * @throws ChainUnavailableException when the node refused
   */
  default Result require(String method) {
    return switch (this) {
      case Result result -> result;
      case Failure failure ->
          throw new ChainUnavailableException(
              method + " was refused: " + failure.message() + " (" + failure.code() + ")");
    };
  }

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

    /**
     * The base fee of the block that the value is, wei per gas; zero where blocks have none.
     *
     * @throws ChainUnavailableException when it is no block
     */
    public BigInteger baseFee() {
      if (value.isNull()) {
        throw new ChainUnavailableException("the node has no latest block");
      }
      return JsonRpcChainReader.read(RpcMethods.BLOCK, value, RpcValues::baseFee);
    }
  }

  /**
   * The node understood the call and refused it.
   *
   * @param data revert data or details; its shape differs between nodes
   */
  record Failure(int code, String message, Optional<JsonNode> data) implements RpcReply {}
}
