package org.earnest.core.identity;

import org.earnest.core.chain.SignerUnavailableException;

/** A key that a DID document lists, wherever it lives. The key itself never leaves. */
public interface DidSigner {
  /** The method in the signer's DID document that stands for this key. */
  DidUrl verificationMethod();

  /** The name of its signatures in JSON Web Signatures (RFC 7518, RFC 8037), such as EdDSA. */
  String jwsAlgorithm();

  /**
   * A signature over the message as that algorithm makes it.
   *
   * @throws SignerUnavailableException when the key could not be asked
   */
  byte[] sign(byte[] message);
}
