package org.earnest.cli.x402;

import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.DidUrl;
import org.earnest.credentials.proof.CredentialSigner;

/**
 * A key of the issuer of credentials, where JSON Web Signatures are made.
 *
 * @param key of Ed25519, as all of them are
 */
record SellerKey(CredentialSigner key) implements DidSigner {
  @Override
  public DidUrl verificationMethod() {
    return key.verificationMethod();
  }

  @Override
  public String jwsAlgorithm() {
    return "EdDSA";
  }

  @Override
  public byte[] sign(byte[] message) {
    return key.sign(message);
  }
}
