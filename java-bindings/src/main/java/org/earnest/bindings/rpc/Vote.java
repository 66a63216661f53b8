package org.earnest.bindings.rpc;

/**
 * What one node answered.
 *
 * @param endpoint who said it
 * @param reply the whole of it
 * @param essence what has to agree: the reading of a result, {@link Nothing} for null, {@link
 *     Refused} for an error
 */
record Vote(Endpoint endpoint, RpcReply reply, Object essence) {
  /** The node knows nothing, or nothing yet. */
  enum Nothing {
    NOTHING
  }

  /** Whatever its reasons. */
  enum Refused {
    REFUSED
  }

  boolean tells() {
    return !(essence instanceof Nothing) && !refuses();
  }

  boolean refuses() {
    return essence instanceof Refused;
  }
}
