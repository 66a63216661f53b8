package org.earnest.credentials.custody;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;

/** Public keys as X.509 has them (RFC 5280 §4.1.2.7, RFC 5480). */
final class SubjectKeys {
  private SubjectKeys() {}

  /** Empty for what is no key of P-256 or P-384. */
  static Optional<VerificationKey> read(byte[] subjectPublicKeyInfo) {
    try {
      return PublicKeyFactory.createKey(subjectPublicKeyInfo) instanceof ECPublicKeyParameters key
          ? of(key.getQ().getEncoded(true))
          : Optional.empty();
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException e) {
      return Optional.empty();
    }
  }

  /** Other curves have points of as many bytes: what is none of these is refused by them. */
  private static Optional<VerificationKey> of(byte[] compressed) {
    for (KeyType type : new KeyType[] {KeyType.P256, KeyType.P384}) {
      if (compressed.length == type.publicBytes()) {
        return VerificationKey.of(type, compressed);
      }
    }
    return Optional.empty();
  }
}
