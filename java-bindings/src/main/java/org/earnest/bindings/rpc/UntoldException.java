package org.earnest.bindings.rpc;

import org.earnest.core.chain.ChainUnavailableException;

/**
 * The nodes answer, and what they say is not enough to believe it. Asking again at once would not
 * help; time may.
 */
final class UntoldException extends ChainUnavailableException {
  private static final long serialVersionUID = 1L;

  UntoldException(String message) {
    super(message);
  }
}
