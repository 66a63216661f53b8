package org.earnest.credentials.custody;

import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.key.VerificationKey;

/** A private key that can be used and not be seen. Safe for use by many threads. */
public interface HeldKey {
  /** What its signatures are judged by. */
  VerificationKey publicKey();

  /**
   * A signature of the message, which {@link #publicKey()} verifies.
   *
   * @throws SignerUnavailableException when the key could not be asked, or what came back is not
   *     its signature
   */
  byte[] sign(byte[] message);
}
