package org.earnest.credentials.proof;

import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.key.KeyType;

/** Which kind of key a signer has, and whether a suite may use it. */
final class SignerKeys {
  private SignerKeys() {}

  /** Refuses a wiring that could only make proofs which nobody accepts. */
  static KeyType typeOf(DidSigner signer, Cryptosuite suite) {
    return KeyType.ofJwsAlgorithm(signer.jwsAlgorithm())
        .filter(suite.keyTypes()::contains)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    suite.name() + " signs by " + suite.keyTypes() + " and no other key"));
  }
}
