package org.earnest.credentials.proof;

import org.earnest.credentials.model.InvalidCredentialException;

/**
 * A way to sign a credential or presentation as a whole (VC Data Model 2.0 §4.12), such as VC-JOSE.
 */
public interface EnvelopeFormat {
  /** What such envelopes are called, for example {@code application/vc+jwt}; in lower case. */
  String mediaType();

  /**
   * Reads an envelope, whose signature is not judged yet.
   *
   * @param content as a {@code data:} URL carries it after its comma
   * @throws InvalidCredentialException when it is malformed, or of an algorithm that is not allowed
   */
  Envelope open(String content) throws InvalidCredentialException;
}
