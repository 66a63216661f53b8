package org.earnest.credentials.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;

/**
 * Reads Multikeys, and remembers what each was found to be: whether a point is safe costs as much
 * as a signature, and depends on nothing but the text.
 */
final class KeysByText {
  /** Keys that are remembered; strangers choose them. */
  private static final int MAX_KEYS = 4_096;

  private static final Cache<String, Optional<VerificationKey>> KEYS =
      Caffeine.newBuilder().maximumSize(MAX_KEYS).build();

  private KeysByText() {}

  static Optional<VerificationKey> parse(String publicKeyMultibase) {
    if (publicKeyMultibase.length() > Base58Btc.MAX_TEXT) {
      return Optional.empty();
    }
    return KEYS.get(publicKeyMultibase, KeysByText::read);
  }

  private static Optional<VerificationKey> read(String publicKeyMultibase) {
    Optional<byte[]> prefixed = Base58Btc.decode(publicKeyMultibase);
    if (prefixed.isEmpty()) {
      return Optional.empty();
    }
    for (KeyType type : KeyType.values()) {
      if (type.codec().isEncoded(prefixed.get())) {
        return VerificationKey.of(type, type.codec().decode(prefixed.get()));
      }
    }
    return Optional.empty();
  }
}
