package org.earnest.core.identity;

/** The result of a resolution (DID Resolution 1.0 §4). */
public sealed interface DidResolution {
  record Resolved(DidDocument document) implements DidResolution {}

  /**
   * There is no document.
   *
   * @param detail what is wrong, for a person
   */
  record Refused(ErrorType error, String detail) implements DidResolution {}

  /** Error types of DID Resolution 1.0 §10. */
  enum ErrorType {
    INVALID_DID,
    INVALID_DID_URL,
    INVALID_OPTIONS,
    NOT_FOUND,
    REPRESENTATION_NOT_SUPPORTED,
    METHOD_NOT_SUPPORTED,
    FEATURE_NOT_SUPPORTED,
    INVALID_DID_DOCUMENT,
    INTERNAL_ERROR;

    /** The URL that names the error in answers. */
    public String type() {
      return "https://www.w3.org/ns/did#" + name();
    }
  }
}
