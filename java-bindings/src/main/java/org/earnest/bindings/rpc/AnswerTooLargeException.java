package org.earnest.bindings.rpc;

import org.earnest.core.chain.ChainUnavailableException;

/** The node is well, and answers more than is read: it would again. */
final class AnswerTooLargeException extends ChainUnavailableException {
  private static final long serialVersionUID = 1L;

  AnswerTooLargeException(String message) {
    super(message);
  }
}
