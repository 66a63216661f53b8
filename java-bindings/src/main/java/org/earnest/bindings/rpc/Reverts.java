package org.earnest.bindings.rpc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.earnest.core.chain.CallOutcome.Reverted;
import org.earnest.core.chain.Hex;
import tools.jackson.databind.JsonNode;

/** Tells a contract's refusal from a node's, and finds the revert data where each node puts it. */
public final class Reverts {
  private static final int EXECUTION_ERROR = 3;

  /** How nodes describe an execution that failed without data. */
  private static final List<String> EXECUTION_FAILURES =
      List.of("revert", "out of gas", "outofgas", "invalid opcode", "invalidopcode", "evm error");

  private Reverts() {}

  /** The revert behind a refusal of {@code eth_call} or {@code eth_estimateGas}, if it is one. */
  public static Optional<Reverted> of(RpcReply.Failure failure) {
    Optional<Reverted> carried = failure.data().flatMap(Reverts::data).map(Reverted::new);
    if (carried.isPresent()) {
      return carried;
    }
    String message = failure.message().toLowerCase(Locale.ROOT);
    boolean executed =
        failure.code() == EXECUTION_ERROR
            || EXECUTION_FAILURES.stream().anyMatch(message::contains);
    return executed ? Optional.of(new Reverted("0x")) : Optional.empty();
  }

  /** Plain text on anvil, geth and Hardhat 3; inside an object on Hardhat 2. */
  private static Optional<String> data(JsonNode data) {
    JsonNode text = data.isObject() ? data.path("data") : data;
    if (!text.isString()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Hex.encode(Hex.decode(text.stringValue())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
