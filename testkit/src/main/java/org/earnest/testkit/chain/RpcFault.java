package org.earnest.testkit.chain;

/** What can go wrong between a caller and a node. */
public enum RpcFault implements Fault {
  /** The answer takes its time. */
  DELAYED,
  /** The connection closes before the node saw the call. */
  DROPPED_BEFORE,
  /** The node did what was asked; the connection closes before it could say so. */
  DROPPED_AFTER,
  /** The node is asked twice, and the second answer is the one that comes back. */
  DUPLICATED,
  /** No byte comes back as long as the server lives. */
  SILENT,
  /** HTTP 429. */
  TOO_MANY_REQUESTS,
  /** HTTP 429 with Retry-After. */
  RETRY_AFTER,
  /** HTTP 200 and JSON-RPC error -32005. */
  RATE_LIMITED,
  /** HTTP 502 with a page of text. */
  BAD_GATEWAY,
  /** The answer breaks off in its middle. */
  TRUNCATED,
  /** The node answers null, as one that lags behind the others does. The call has no effect. */
  NULL_RESULT
}
