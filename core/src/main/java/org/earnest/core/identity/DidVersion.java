package org.earnest.core.identity;

import java.time.Instant;

/**
 * One of a document's versions (DID Resolution 1.0 §3, {@code versionId} and {@code versionTime}).
 */
public sealed interface DidVersion {
  /** The version that the method calls so. */
  record Id(String value) implements DidVersion {}

  /** The version that was valid then. */
  record At(Instant time) implements DidVersion {}
}
