package org.earnest.core.chain;

/** A signer could not be asked, or did not answer with its key's signature. May pass by itself. */
public class SignerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SignerUnavailableException(String message) {
    super(message);
  }

  public SignerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
