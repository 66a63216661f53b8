package org.earnest.credentials.key;

import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 public key: a canonical point of the curve's large subgroup. */
final class Ed25519Key implements VerificationKey {
  private final Ed25519.PublicPoint point;
  private final String multibase;

  private Ed25519Key(Ed25519.PublicPoint point, String multibase) {
    this.point = point;
    this.multibase = multibase;
  }

  static Optional<Ed25519Key> of(byte[] key) {
    return key.length == Ed25519.PUBLIC_KEY_SIZE
        ? Optional.ofNullable(Ed25519.validatePublicKeyFullExport(key, 0))
            .map(point -> new Ed25519Key(point, multibase(key)))
        : Optional.empty();
  }

  @Override
  public KeyType type() {
    return KeyType.ED25519;
  }

  @Override
  public String multibase() {
    return multibase;
  }

  /** RFC 8032 §5.1.7; S below the group's order. */
  @Override
  public boolean verifies(byte[] message, byte[] signature) {
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, point, message, 0, message.length);
  }

  /** The Multikey text of a public key's 32 bytes, safe or not. */
  static String multibase(byte[] key) {
    return Base58Btc.encode(KeyType.ED25519.codec().encode(key));
  }
}
