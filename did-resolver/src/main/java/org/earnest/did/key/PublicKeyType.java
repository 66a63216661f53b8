package org.earnest.did.key;

import com.apicatalog.multicodec.Multicodec;
import com.apicatalog.multicodec.codec.KeyCodec;
import java.math.BigInteger;
import java.util.Set;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The kinds of public key that are understood. */
public enum PublicKeyType {
  ED25519(32),
  X25519(32),
  SECP256K1(33),
  P256(33),
  P384(49);

  private static final BigInteger FIELD = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** Where an agreement comes to zero whatever the secret is (RFC 7748 §6.1). */
  private static final Set<BigInteger> SMALL_ORDER =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          FIELD.subtract(BigInteger.ONE),
          new BigInteger("00b8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0", 16),
          new BigInteger("57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5f", 16));

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
      case ED25519 -> Ed25519.validatePublicKeyPartial(key, 0);
      case X25519 -> agrees(key);
      case SECP256K1 -> isCompressedPoint("secp256k1", key);
      case P256 -> isCompressedPoint("secp256r1", key);
      case P384 -> isCompressedPoint("secp384r1", key);
    };
  }

  /** Whether an agreement with this key depends on the secret. */
  private static boolean agrees(byte[] key) {
    byte[] u = new byte[key.length];
    for (int i = 0; i < key.length; i++) {
      u[i] = key[key.length - 1 - i];
    }
    // The highest bit is not looked at (RFC 7748 §5).
    BigInteger number = new BigInteger(1, u).clearBit(Byte.SIZE * key.length - 1);
    return !SMALL_ORDER.contains(number.mod(FIELD));
  }

  private static boolean isCompressedPoint(String curve, byte[] key) {
    try {
      return !CustomNamedCurves.getByName(curve).getCurve().decodePoint(key).isInfinity();
    } catch (IllegalArgumentException notOnTheCurve) {
      return false;
    }
  }
}
