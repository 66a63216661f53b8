package org.earnest.credentials.key;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.util.BigIntegers;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.DidUrl;

/** A key in this process's memory. It shows itself to nobody. Safe for use by many threads. */
public final class LocalSigner implements DidSigner {
  private final KeyType type;
  private final DidUrl verificationMethod;
  private final String publicKeyMultibase;
  private final byte[] secret;

  private LocalSigner(
      KeyType type, DidUrl verificationMethod, String publicKeyMultibase, byte[] secret) {
    this.type = type;
    this.verificationMethod = verificationMethod;
    this.publicKeyMultibase = publicKeyMultibase;
    this.secret = secret;
  }

  /**
   * The did:key of this key.
   *
   * @param secret random, {@link KeyType#secretBytes()} long; copied
   */
  public static LocalSigner didKey(KeyType type, byte[] secret) {
    String key = publicKeyMultibase(type, secret);
    return new LocalSigner(type, new Did("did:key:" + key).fragment(key), key, secret.clone());
  }

  /** A new key as did:key. */
  public static LocalSigner randomDidKey(KeyType type) {
    return didKey(type, randomSecret(type));
  }

  /** A new secret key. */
  public static byte[] randomSecret(KeyType type) {
    SecureRandom random = new SecureRandom();
    if (type == KeyType.ED25519) {
      byte[] seed = new byte[type.secretBytes()];
      random.nextBytes(seed);
      return seed;
    }
    BigInteger last = Curves.of(type).getN().subtract(BigInteger.ONE);
    BigInteger scalar = BigIntegers.createRandomInRange(BigInteger.ONE, last, random);
    return BigIntegers.asUnsignedByteArray(type.secretBytes(), scalar);
  }

  /**
   * A key that its controller's document lists.
   *
   * @param secret random, {@link KeyType#secretBytes()} long; copied
   */
  public static LocalSigner of(DidUrl verificationMethod, KeyType type, byte[] secret) {
    return new LocalSigner(
        type, verificationMethod, publicKeyMultibase(type, secret), secret.clone());
  }

  private static String publicKeyMultibase(KeyType type, byte[] secret) {
    if (secret.length != type.secretBytes()) {
      throw new IllegalArgumentException(
          "a secret key of " + type + " has " + type.secretBytes() + " bytes");
    }
    return VerificationKey.of(type, publicKey(type, secret)).orElseThrow().multibase();
  }

  private static byte[] publicKey(KeyType type, byte[] secret) {
    if (type == KeyType.ED25519) {
      byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
      Ed25519.generatePublicKey(secret, 0, key, 0);
      return key;
    }
    ECPrivateKeyParameters scalar = scalar(type, secret);
    return new FixedPointCombMultiplier()
        .multiply(Curves.of(type).getG(), scalar.getD())
        .getEncoded(true);
  }

  /** Refuses zero and what is not below the curve's order. */
  private static ECPrivateKeyParameters scalar(KeyType type, byte[] secret) {
    return new ECPrivateKeyParameters(new BigInteger(1, secret), Curves.of(type));
  }

  public KeyType type() {
    return type;
  }

  @Override
  public DidUrl verificationMethod() {
    return verificationMethod;
  }

  @Override
  public String jwsAlgorithm() {
    return type.jwsAlgorithm();
  }

  /** The public key as Multikey writes it. */
  public String publicKeyMultibase() {
    return publicKeyMultibase;
  }

  @Override
  public byte[] sign(byte[] message) {
    return switch (type) {
      case ED25519 -> eddsa(message);
      case P256 -> ecdsa(message, new HMacDSAKCalculator(new SHA256Digest()));
      case P384 -> ecdsa(message, new HMacDSAKCalculator(new SHA384Digest()));
    };
  }

  private byte[] eddsa(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  /** With the nonce of RFC 6979, which needs no randomness that could fail. */
  private byte[] ecdsa(byte[] message, HMacDSAKCalculator nonce) {
    ECDSASigner signer = new ECDSASigner(nonce);
    signer.init(true, scalar(type, secret));
    BigInteger[] rs = signer.generateSignature(type.hash(message));
    byte[] signature = new byte[type.signatureBytes()];
    int half = signature.length / 2;
    BigIntegers.asUnsignedByteArray(rs[0], signature, 0, half);
    BigIntegers.asUnsignedByteArray(rs[1], signature, half, half);
    return signature;
  }

  @Override
  public String toString() {
    return type + " key " + verificationMethod;
  }
}
