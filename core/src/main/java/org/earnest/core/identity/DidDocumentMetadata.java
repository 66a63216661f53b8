package org.earnest.core.identity;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about a document (DID Resolution 1.0 §4.3).
 *
 * @param updated when the resolved version was written
 * @param versionId the method's name for the resolved version
 * @param nextUpdate when the version after it was written
 * @param nextVersionId the method's name for the version after it
 * @param ofMethod what the method says besides, by its names for it
 */
public record DidDocumentMetadata(
    boolean deactivated,
    Optional<Instant> created,
    Optional<Instant> updated,
    Optional<String> versionId,
    Optional<Instant> nextUpdate,
    Optional<String> nextVersionId,
    Map<String, String> ofMethod) {
  /** Nothing is known. */
  public static final DidDocumentMetadata NONE =
      new DidDocumentMetadata(
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of());

  public DidDocumentMetadata {
    ofMethod = Map.copyOf(ofMethod);
  }
}
