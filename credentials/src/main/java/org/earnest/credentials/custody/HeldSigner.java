package org.earnest.credentials.custody;

import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.DidUrl;

/** A key under the name that its issuer's document gives it. */
record HeldSigner(DidUrl verificationMethod, HeldKey key) implements DidSigner {
  @Override
  public String jwsAlgorithm() {
    return key.publicKey().type().jwsAlgorithm();
  }

  @Override
  public byte[] sign(byte[] message) {
    return key.sign(message);
  }

  @Override
  public String toString() {
    return "HeldSigner[" + verificationMethod + "]";
  }
}
