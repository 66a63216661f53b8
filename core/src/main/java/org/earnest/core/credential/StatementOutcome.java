package org.earnest.core.credential;

/** What came of having something stated. */
public sealed interface StatementOutcome {
  /**
   * A secured credential.
   *
   * @param credential JSON or compact text, as its media type says
   */
  record Issued(String credential, String mediaType) implements StatementOutcome {}

  /** The issuer has no such form. */
  record Unsupported(String detail) implements StatementOutcome {}

  /** More is to be said than this form holds; another form may. */
  record TooLarge(String detail) implements StatementOutcome {}

  /** As many as may be made in this form at once are being made; it can be had later. */
  record Busy(String detail) implements StatementOutcome {}
}
