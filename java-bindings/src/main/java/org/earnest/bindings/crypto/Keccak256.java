package org.earnest.bindings.crypto;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.earnest.core.chain.Hash32;

/** Keccak with 256 bits as Ethereum uses it, which is not SHA3-256. */
public final class Keccak256 {
  private static final int BITS = 256;

  private Keccak256() {}

  public static Hash32 hash(byte[] bytes) {
    return Hash32.of(digest(bytes));
  }

  /** Of the text's UTF-8 bytes. */
  public static Hash32 hash(String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] digest(byte[] bytes) {
    KeccakDigest keccak = new KeccakDigest(BITS);
    keccak.update(bytes, 0, bytes.length);
    byte[] digest = new byte[keccak.getDigestSize()];
    keccak.doFinal(digest, 0);
    return digest;
  }
}
