package org.earnest.credentials.proof;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidUrl;

/** A key in this process's memory. It shows itself to nobody. */
public final class LocalEd25519Signer implements CredentialSigner {
  /** Bytes of a secret key (RFC 8032 §5.1.5). */
  public static final int SECRET_BYTES = Ed25519.SECRET_KEY_SIZE;

  private final DidUrl verificationMethod;
  private final String publicKeyMultibase;
  private final byte[] secret;

  private LocalEd25519Signer(DidUrl verificationMethod, String publicKeyMultibase, byte[] secret) {
    this.verificationMethod = verificationMethod;
    this.publicKeyMultibase = publicKeyMultibase;
    this.secret = secret;
  }

  /**
   * The issuer did:key of this key.
   *
   * @param secret 32 random bytes; copied
   */
  public static LocalEd25519Signer didKey(byte[] secret) {
    String key = publicKeyMultibase(secret);
    return new LocalEd25519Signer(new Did("did:key:" + key).fragment(key), key, secret.clone());
  }

  /** A new key as issuer did:key. */
  public static LocalEd25519Signer randomDidKey() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return didKey(secret);
  }

  /**
   * A key that an issuer's document lists.
   *
   * @param secret 32 random bytes; copied
   */
  public static LocalEd25519Signer of(DidUrl verificationMethod, byte[] secret) {
    return new LocalEd25519Signer(verificationMethod, publicKeyMultibase(secret), secret.clone());
  }

  private static String publicKeyMultibase(byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("an Ed25519 secret key has " + SECRET_BYTES + " bytes");
    }
    byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(secret, 0, key, 0);
    return Ed25519PublicKey.multibase(key);
  }

  @Override
  public DidUrl verificationMethod() {
    return verificationMethod;
  }

  /** The public key as Multikey writes it. */
  public String publicKeyMultibase() {
    return publicKeyMultibase;
  }

  @Override
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  @Override
  public String toString() {
    return "Ed25519 key " + verificationMethod;
  }
}
