package org.earnest.bindings.rpc;

import java.io.IOException;

/** A body grew beyond what is read of one. */
final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  BodyTooLargeException(int maxBytes) {
    super("the answer exceeds " + maxBytes + " bytes");
  }
}
