package org.earnest.bindings.rpc;

import java.util.List;

/** What came of several calls in one request. */
sealed interface BatchReply {
  /** To the first of them, one at least. */
  record Answers(List<RpcReply> replies) implements BatchReply {}

  /** One error for all of them. */
  enum Refusal implements BatchReply {
    /** The node takes no batches, or none so large. */
    OF_BATCH,
    /** It may be that, or a node in trouble. */
    UNEXPLAINED
  }
}
