package org.earnest.bindings.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;

/** Signs with a private key that it keeps in memory and never shows. */
public final class LocalSigner implements EvmSigner {
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 65;
  private static final int V_OFFSET = 27;
  private static final int RECOVERY_IDS = 2;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] privateKey;
  private final byte[] publicKey;
  private final EvmAddress address;

  private LocalSigner(byte[] privateKey) {
    this.privateKey = privateKey;
    this.publicKey = Secp256k1Ecdsa.PORT.publicKey(privateKey);
    this.address = Secp256k1Ecdsa.address(publicKey);
  }

  /**
   * The signer of a key.
   *
   * @param privateKey 32 bytes; a copy is kept
   * @throws IllegalArgumentException when it is not a key of secp256k1; the message does not hold
   *     it
   */
  public static LocalSigner of(byte[] privateKey) {
    if (!valid(privateKey)) {
      throw new IllegalArgumentException(
          "a private key has 32 bytes and lies between 1 and the order of secp256k1");
    }
    return new LocalSigner(privateKey.clone());
  }

  /**
   * The signer of a key in text.
   *
   * @param privateKey {@code 0x} and 64 digits
   * @throws IllegalArgumentException when it is not a key of secp256k1; the message does not hold
   *     it
   */
  public static LocalSigner of(String privateKey) {
    byte[] key;
    try {
      key = Hex.decode(privateKey);
    } catch (IllegalArgumentException e) {
      // Not as the cause: its message quotes what it could not read.
      throw new IllegalArgumentException("a private key is written as 0x and 64 digits");
    }
    return of(key);
  }

  public static LocalSigner random() {
    byte[] key = new byte[KEY_BYTES];
    do {
      RANDOM.nextBytes(key);
    } while (!valid(key));
    return new LocalSigner(key);
  }

  private static boolean valid(byte[] key) {
    BigInteger scalar = new BigInteger(1, key);
    return key.length == KEY_BYTES
        && scalar.signum() > 0
        && scalar.compareTo(Secp256k1Ecdsa.ORDER) < 0;
  }

  @Override
  public EvmAddress address() {
    return address;
  }

  /** The public half of its key, {@code x || y}, 64 bytes. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public byte[] sign(byte[] message) {
    return sign(Keccak256.hash(message));
  }

  /** The same of a message that only its digest is known of. */
  public byte[] sign(Hash32 digest) {
    byte[] message = digest.bytes();
    byte[] rs = Secp256k1Ecdsa.PORT.sign(message, privateKey);
    for (int id = 0; id < RECOVERY_IDS; id++) {
      if (Secp256k1Ecdsa.PORT
          .recover(message, rs, id)
          .filter(key -> Arrays.equals(key, publicKey))
          .isPresent()) {
        byte[] signature = Arrays.copyOf(rs, SIGNATURE_BYTES);
        signature[SIGNATURE_BYTES - 1] = (byte) (V_OFFSET + id);
        return signature;
      }
    }
    throw new IllegalStateException("a signature's key could not be recovered");
  }

  @Override
  public String toString() {
    return "LocalSigner[" + address + "]";
  }
}
