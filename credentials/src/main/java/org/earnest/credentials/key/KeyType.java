package org.earnest.credentials.key;

import com.apicatalog.multicodec.Multicodec;
import com.apicatalog.multicodec.codec.KeyCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of key that sign here. A key's kind alone decides the algorithm. */
public enum KeyType {
  /** EdDSA over edwards25519 (RFC 8032). */
  ED25519("EdDSA", 32, 32, 64, "SHA-256"),
  /** ECDSA over P-256 with SHA-256 (FIPS 186-5). */
  P256("ES256", 33, 32, 64, "SHA-256"),
  /** ECDSA over P-384 with SHA-384 (FIPS 186-5). */
  P384("ES384", 49, 48, 96, "SHA-384");

  private final String jwsAlgorithm;
  private final int publicBytes;
  private final int secretBytes;
  private final int signatureBytes;
  private final String digest;

  KeyType(
      String jwsAlgorithm, int publicBytes, int secretBytes, int signatureBytes, String digest) {
    this.jwsAlgorithm = jwsAlgorithm;
    this.publicBytes = publicBytes;
    this.secretBytes = secretBytes;
    this.signatureBytes = signatureBytes;
    this.digest = digest;
  }

  /** Its algorithm's name in JSON Web Signatures (RFC 7518 §3.1, RFC 8037 §3.1). */
  public String jwsAlgorithm() {
    return jwsAlgorithm;
  }

  /** The kind whose signatures have this name; empty for all others, {@code none} among them. */
  public static Optional<KeyType> ofJwsAlgorithm(String name) {
    return Arrays.stream(values()).filter(type -> type.jwsAlgorithm.equals(name)).findFirst();
  }

  /** Bytes of a public key, compressed where the curve knows compression. */
  public int publicBytes() {
    return publicBytes;
  }

  /** Bytes of a secret key: a seed (Ed25519) or a big-endian scalar. */
  public int secretBytes() {
    return secretBytes;
  }

  /** Bytes of a signature; for ECDSA r, then s, big-endian (IEEE P1363). */
  public int signatureBytes() {
    return signatureBytes;
  }

  /** The hash that goes with the key in the Data Integrity cryptosuites. */
  public byte[] hash(byte[] bytes) {
    try {
      return MessageDigest.getInstance(digest).digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has " + digest, impossible);
    }
  }

  /** That hash's name, such as SHA-256. */
  public String digest() {
    return digest;
  }

  Multicodec codec() {
    return switch (this) {
      case ED25519 -> KeyCodec.ED25519_PUBLIC_KEY;
      case P256 -> KeyCodec.P256_PUBLIC_KEY;
      case P384 -> KeyCodec.P384_PUBLIC_KEY;
    };
  }
}
