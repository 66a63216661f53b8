package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.submission.SubmissionRequest;

/**
 * What a node says of a request. Each reply is judged when it is asked for: what an account that
 * cannot pay has rehearsed tells nothing of the call.
 */
record Prospect(
    SubmissionRequest request,
    RpcReply account,
    RpcReply rehearsed,
    RpcReply estimated,
    Prices prices) {
  /** What the sender holds, wei. */
  BigInteger balance() {
    return account.require(Node.BALANCE).quantity();
  }

  /** The reason for which the call would revert, or empty if it would not. */
  Optional<String> revert() {
    return Node.revert(rehearsed);
  }

  /** Gas units, or the reason for which the call would revert. */
  Node.Estimate gas() {
    return Node.estimate(request, estimated);
  }
}
