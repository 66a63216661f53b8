package org.earnest.core.identity;

import java.util.Optional;

/** The result of a resolution (DID Resolution 1.0 §4). */
public sealed interface DidResolution {
  /**
   * There is a document.
   *
   * @param document as far as Earnest acts on it
   * @param published the whole document as JSON, where its controller wrote one; it may say more
   */
  record Resolved(DidDocument document, DidDocumentMetadata metadata, Optional<String> published)
      implements DidResolution {
    /** A document that follows from its DID, of which nothing more is known. */
    public Resolved(DidDocument document) {
      this(document, DidDocumentMetadata.NONE, Optional.empty());
    }
  }

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
