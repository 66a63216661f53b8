package org.earnest.did.webvh;

import com.apicatalog.multibase.Multibase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.earnest.bindings.integrity.CanonicalJson;
import tools.jackson.databind.node.ObjectNode;

/** SHA-256 as multihash in base58-btc without a multibase prefix: the one hash of did:webvh 1.0. */
final class Multihash {
  private static final int SHA2_256 = 0x12;
  private static final int LENGTH = 32;

  private Multihash() {}

  /** Of the canonical form of an object. */
  static String of(ObjectNode json) {
    return of(CanonicalJson.canonicalize(json));
  }

  /** Of a key as Multikey writes it. */
  static String of(String multikey) {
    return of(multikey.getBytes(StandardCharsets.UTF_8));
  }

  private static String of(byte[] bytes) {
    byte[] hash = new byte[2 + LENGTH];
    hash[0] = SHA2_256;
    hash[1] = LENGTH;
    System.arraycopy(sha256(bytes), 0, hash, 2, LENGTH);
    return Multibase.BASE_58_BTC.encode(hash).substring(1);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
