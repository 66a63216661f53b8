package org.earnest.credentials.proof;

import org.earnest.core.identity.DidUrl;

/** An issuer's Ed25519 key, wherever it lives. The key itself never leaves. */
public interface CredentialSigner {
  /** The method in the issuer's DID document that stands for this key; its DID is the issuer. */
  DidUrl verificationMethod();

  /**
   * An Ed25519 signature (RFC 8032).
   *
   * @return 64 bytes
   * @throws SignerUnavailableException when the key cannot be used now
   */
  byte[] sign(byte[] message);
}
