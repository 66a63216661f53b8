package org.earnest.core.deal;

/** What was opened cannot be told now: the ledger cannot be asked, or is behind. */
public final class OpenedDealsUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public OpenedDealsUnavailableException(String message) {
    super(message);
  }

  public OpenedDealsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
