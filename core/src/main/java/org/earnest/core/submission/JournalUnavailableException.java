package org.earnest.core.submission;

/** The journal could not be read or written. What was asked for may or may not be stored. */
public class JournalUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
