package org.earnest.core.chain;

/** The chain's node could not be asked, or did not answer in its protocol. May pass by itself. */
public class ChainUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ChainUnavailableException(String message) {
    super(message);
  }

  public ChainUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
