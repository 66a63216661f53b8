package org.earnest.credentials.edge;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.DidUrl;

/** A key that cannot be used for as long as it is said to be away. */
record AwaySigner(DidSigner key, AtomicBoolean away) implements DidSigner {
  @Override
  public DidUrl verificationMethod() {
    return key.verificationMethod();
  }

  @Override
  public String jwsAlgorithm() {
    return key.jwsAlgorithm();
  }

  @Override
  public byte[] sign(byte[] message) {
    if (away.get()) {
      throw new SignerUnavailableException("secret", new IOException());
    }
    return key.sign(message);
  }
}
