package org.earnest.did.edge;

import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolution.Refused;

/** What a client asks cannot be understood, or is not supported. */
final class RefusedRequestException extends Exception {
  private static final long serialVersionUID = 1L;
  private final ErrorType error;

  RefusedRequestException(ErrorType error, String detail) {
    super(detail);
    this.error = error;
  }

  Refused refused() {
    return new Refused(error, String.valueOf(getMessage()));
  }
}
