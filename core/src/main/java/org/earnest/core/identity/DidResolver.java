package org.earnest.core.identity;

/** Resolves DIDs to documents. A refusal is a value; it never throws for what a stranger wrote. */
public interface DidResolver {
  /** Resolves as the options ask. */
  DidResolution resolve(Did did, ResolutionOptions options);

  /** Resolves to the newest document. */
  default DidResolution resolve(Did did) {
    return resolve(did, ResolutionOptions.NONE);
  }
}
