package org.earnest.credentials.key;

import java.util.Optional;
import org.earnest.core.identity.VerificationMethod;

/** A public key that is safe to verify with. */
public sealed interface VerificationKey permits Ed25519Key, EcdsaKey {
  KeyType type();

  /** The key as Multikey writes it (Controlled Identifiers 1.0 §2.2.2). */
  String multibase();

  /**
   * Whether the key made this signature.
   *
   * @param signature as {@link KeyType#signatureBytes()} says; any other length is none
   */
  boolean verifies(byte[] message, byte[] signature);

  /**
   * Reads a Multikey.
   *
   * @return empty when it is not base58-btc in its shortest spelling, of another kind, not a point
   *     of its curve, or of small order: under such a key almost any signature verifies
   */
  static Optional<VerificationKey> parse(String publicKeyMultibase) {
    return KeysByText.parse(publicKeyMultibase);
  }

  /**
   * Reads the bytes of a key.
   *
   * @param key compressed where the curve knows compression
   * @return empty where it is not safe
   */
  static Optional<VerificationKey> of(KeyType type, byte[] key) {
    return switch (type) {
      case ED25519 -> Ed25519Key.of(key).map(VerificationKey.class::cast);
      case P256, P384 -> EcdsaKey.of(type, key).map(VerificationKey.class::cast);
    };
  }

  /** The key that a DID document lists, however the document spelled it. */
  static Optional<VerificationKey> of(VerificationMethod method) {
    return switch (method) {
      case VerificationMethod.Multikey key -> parse(key.publicKeyMultibase());
      case VerificationMethod.BlockchainAccount account -> Optional.empty();
      case VerificationMethod.Other other -> Optional.empty();
    };
  }
}
