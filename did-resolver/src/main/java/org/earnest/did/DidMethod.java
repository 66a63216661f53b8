package org.earnest.did;

import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.ResolutionOptions;

/**
 * One DID method (DID Core §8). Safe for use by many threads.
 *
 * <p>Whatever a stranger can write is answered, never thrown: an identifier that the method's
 * syntax does not allow is {@code INVALID_DID}; what the method has but this class does not support
 * is {@code FEATURE_NOT_SUPPORTED}; what cannot be asked now is {@code INTERNAL_ERROR}.
 */
public interface DidMethod {
  /** The method's name, the second part of its DIDs. */
  String name();

  /**
   * Resolves a DID of this method.
   *
   * @param did one whose method is {@link #name()}
   */
  DidResolution resolve(Did did, ResolutionOptions options);

  /** Resolves to the newest document. */
  default DidResolution resolve(Did did) {
    return resolve(did, ResolutionOptions.NONE);
  }

  /** Whether a document's earlier versions can be asked for. */
  default boolean hasVersions() {
    return false;
  }

  /**
   * How long an answer for this DID may be remembered.
   *
   * @return {@link Lifetime#ENDLESS} where the document follows from the DID
   */
  default Lifetime lifetime(Did did) {
    return Lifetime.ENDLESS;
  }
}
