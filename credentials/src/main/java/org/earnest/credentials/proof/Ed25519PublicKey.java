package org.earnest.credentials.proof;

import com.apicatalog.multibase.Multibase;
import com.apicatalog.multicodec.codec.KeyCodec;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 public key that is safe to verify with. */
public final class Ed25519PublicKey {
  private static final int PREFIXED_BYTES = 2 + Ed25519.PUBLIC_KEY_SIZE;
  private final Ed25519.PublicPoint point;

  private Ed25519PublicKey(Ed25519.PublicPoint point) {
    this.point = point;
  }

  /**
   * Reads a Multikey (Controlled Identifiers 1.0 §2.2.2).
   *
   * @return empty when it is not base58-btc in its shortest spelling, not Ed25519, not a canonical
   *     point of the curve, or of small order: under such a key almost any signature verifies
   */
  public static Optional<Ed25519PublicKey> parse(String publicKeyMultibase) {
    return Base58Btc.decode(publicKeyMultibase, PREFIXED_BYTES)
        .filter(KeyCodec.ED25519_PUBLIC_KEY::isEncoded)
        .map(KeyCodec.ED25519_PUBLIC_KEY::decode)
        .flatMap(key -> Optional.ofNullable(Ed25519.validatePublicKeyFullExport(key, 0)))
        .map(Ed25519PublicKey::new);
  }

  /** Whether the key made this signature (RFC 8032 §5.1.7; S below the group's order). */
  public boolean verifies(byte[] message, byte[] signature) {
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, point, message, 0, message.length);
  }

  /** The Multikey text of a public key's 32 bytes. */
  static String multibase(byte[] key) {
    return Multibase.BASE_58_BTC.encode(KeyCodec.ED25519_PUBLIC_KEY.encode(key));
  }
}
