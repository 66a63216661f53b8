package org.earnest.bindings.rpc;

import org.earnest.core.chain.ChainUnavailableException;

/** A URL serves another chain than the one that was pinned: it is refused for good. */
public final class WrongChainException extends ChainUnavailableException {
  private static final long serialVersionUID = 1L;

  WrongChainException(String message) {
    super(message);
  }
}
