package org.earnest.did.key;

import com.apicatalog.multicodec.Multicodec;
import com.apicatalog.multicodec.codec.KeyCodec;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The kinds of public key that are understood. */
public enum PublicKeyType {
  ED25519(32),
  X25519(32),
  SECP256K1(33),
  P256(33),
  P384(49);

  private final int length;

  PublicKeyType(int length) {
    this.length = length;
  }

  /** Bytes of a key, compressed where the curve knows compression. */
  public int length() {
    return length;
  }

  Multicodec codec() {
    return switch (this) {
      case ED25519 -> KeyCodec.ED25519_PUBLIC_KEY;
      case X25519 -> KeyCodec.X25519_PUBLIC_KEY;
      case SECP256K1 -> KeyCodec.SECP256K1_PUBLIC_KEY;
      case P256 -> KeyCodec.P256_PUBLIC_KEY;
      case P384 -> KeyCodec.P384_PUBLIC_KEY;
    };
  }

  /** Whether these bytes, of the right length, are a point that is safe to use. */
  boolean isValid(byte[] key) {
    return switch (this) {
      // Points of small order are refused too: under such a key almost any signature verifies.
      case ED25519 -> Ed25519.validatePublicKeyFull(key, 0);
      case X25519 -> agrees(key);
      case SECP256K1 -> isCompressedPoint("secp256k1", key);
      case P256 -> isCompressedPoint("secp256r1", key);
      case P384 -> isCompressedPoint("secp384r1", key);
    };
  }

  /** Whether an agreement with this key depends on the secret (RFC 7748 §6.1). */
  private static boolean agrees(byte[] key) {
    byte[] secret = new byte[key.length];
    return org.bouncycastle.math.ec.rfc7748.X25519.calculateAgreement(
        secret, 0, key, 0, new byte[key.length], 0);
  }

  private static boolean isCompressedPoint(String curve, byte[] key) {
    try {
      return !SECNamedCurves.getByName(curve).getCurve().decodePoint(key).isInfinity();
    } catch (IllegalArgumentException notOnTheCurve) {
      return false;
    }
  }
}
