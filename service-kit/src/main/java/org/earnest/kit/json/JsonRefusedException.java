package org.earnest.kit.json;

/** The text is not JSON, not strict JSON, or does not have the members that were asked for. */
public final class JsonRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JsonRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
