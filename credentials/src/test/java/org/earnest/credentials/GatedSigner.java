package org.earnest.credentials;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.DidUrl;

/**
 * A key that something stands before.
 *
 * @param gate passed before each signature; what it throws is thrown in its place
 */
public record GatedSigner(DidSigner key, Runnable gate) implements DidSigner {
  /** A key that cannot be used for as long as it is said to be away. */
  public static GatedSigner away(DidSigner key, AtomicBoolean away) {
    return new GatedSigner(
        key,
        () -> {
          if (away.get()) {
            throw new SignerUnavailableException("secret", new IOException());
          }
        });
  }

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
    gate.run();
    return key.sign(message);
  }
}
