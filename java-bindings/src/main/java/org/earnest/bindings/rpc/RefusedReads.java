package org.earnest.bindings.rpc;

import java.util.regex.Pattern;

/**
 * Errors that speak of the node and not of what was asked: it has pruned the state, does not have
 * the block yet, or does not serve the method. No list of words would be complete, so it is
 * whatever is not known to be an answer.
 */
final class RefusedReads {
  private static final int INVALID_PARAMS = -32602;

  /** What every node at that block would say of such a call, before it executes anything. */
  private static final Pattern OF_THE_CALL =
      Pattern.compile(
          "insufficient funds|exceeds allowance|gas required exceeds", Pattern.CASE_INSENSITIVE);

  private RefusedReads() {}

  /** Whether another node may answer it. */
  static boolean isOne(RpcCall call, RpcReply reply) {
    return reply instanceof RpcReply.Failure failure
        && RpcMethods.isRead(call.method())
        && !isAnswer(call, failure);
  }

  private static boolean isAnswer(RpcCall call, RpcReply.Failure failure) {
    if (Reverts.of(failure).isPresent()) {
      return true;
    }
    if (call.method().equals(RpcMethods.LOGS) && RefusedRanges.isOne(failure)) {
      // It asks for fewer blocks, by whatever code; whoever refuses those of one takes no fewer.
      return !RpcMethods.asksForOneBlocksLogs(call);
    }
    return failure.code() == INVALID_PARAMS || OF_THE_CALL.matcher(failure.message()).find();
  }
}
