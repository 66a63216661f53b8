package org.earnest.did.webvh;

/** A log, or an entry of it, breaks a rule of the method. The text may be shown to anybody. */
final class InvalidLogException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidLogException(String detail) {
    super(detail);
  }
}
