package org.earnest.core.identity;

/** Resolves DIDs to documents. A refusal is a value; it never throws for what a stranger wrote. */
public interface DidResolver {
  DidResolution resolve(Did did);
}
