package org.earnest.core.identity;

import java.util.Optional;

/**
 * What a resolution is asked for (DID Resolution 1.0 §4.1), apart from the representation.
 *
 * @param version empty for the newest
 * @param noCache true where nothing remembered may be answered
 */
public record ResolutionOptions(Optional<DidVersion> version, boolean noCache) {
  /** The newest version, remembered or not. */
  public static final ResolutionOptions NONE = new ResolutionOptions(Optional.empty(), false);

  /** A certain version. */
  public static ResolutionOptions of(DidVersion version) {
    return new ResolutionOptions(Optional.of(version), false);
  }

  /** The same, read anew. */
  public ResolutionOptions withoutCache() {
    return new ResolutionOptions(version, true);
  }

  /** The same, remembered or not. */
  public ResolutionOptions withCache() {
    return new ResolutionOptions(version, false);
  }
}
