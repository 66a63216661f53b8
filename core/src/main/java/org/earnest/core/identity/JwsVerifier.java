package org.earnest.core.identity;

import java.util.Set;

/** Judges who made JSON Web Signatures (RFC 7515) that carry no type, by the keys of DIDs. */
public interface JwsVerifier {
  /**
   * Whether the key that {@code kid} names made it, is of one of these DIDs, and may assert by its
   * document. No other DID is resolved.
   *
   * @param jws in compact form, as a stranger wrote it
   * @return false also where it is no such signature, and where the document could not be had
   */
  boolean isSignedBy(Set<Did> signers, String jws);
}
