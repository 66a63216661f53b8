package org.earnest.bindings.rpc;

/**
 * Errors that speak of the node and not of what was asked: it has pruned the state, does not have
 * the block yet, or does not serve the method. No list of words would be complete, so it is
 * whatever is not known to be an answer.
 */
final class RefusedReads {
  private RefusedReads() {}

  /** Whether another node may answer it. */
  static boolean isOne(RpcCall call, RpcReply reply) {
    return reply instanceof RpcReply.Failure failure
        && RpcMethods.isRead(call.method())
        && Reverts.of(failure).isEmpty()
        && !asksForFewerBlocks(call, failure);
  }

  /** Of several blocks' logs; whoever refuses those of one takes no fewer. */
  private static boolean asksForFewerBlocks(RpcCall call, RpcReply.Failure failure) {
    return call.method().equals(RpcMethods.LOGS)
        && !RpcMethods.asksForOneBlocksLogs(call)
        && RefusedRanges.isOne(failure);
  }
}
