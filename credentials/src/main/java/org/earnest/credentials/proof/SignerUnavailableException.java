package org.earnest.credentials.proof;

/** The issuer's key could not be used. May pass by itself. */
public class SignerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SignerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
