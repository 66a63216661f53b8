package org.earnest.credentials.model;

/** A text that was to be a credential and is not; carries the reason as a code. */
public final class InvalidCredentialException extends Exception {
  private static final long serialVersionUID = 1L;
  private final CredentialRefusal refusal;

  /**
   * A reason to refuse.
   *
   * @param detail a sentence that may be shown to whoever sent the credential
   */
  public InvalidCredentialException(CredentialRefusal refusal, String detail) {
    super(detail, null, false, false);
    this.refusal = refusal;
  }

  public CredentialRefusal refusal() {
    return refusal;
  }

  /** A sentence that may be shown to whoever sent the credential. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
