package org.earnest.bindings.integrity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import tools.jackson.databind.node.ObjectNode;

/** What {@code eddsa-jcs-2022} signs (Data Integrity EdDSA Cryptosuites 1.0 §3.3). */
public final class EddsaJcsHash {
  private EddsaJcsHash() {}

  /**
   * The bytes to be signed (§3.3.4): the hash of the proof's configuration, then of the document.
   *
   * @param unsecured the document without its proof
   * @param configuration the proof without its value
   */
  public static byte[] of(ObjectNode unsecured, ObjectNode configuration) {
    byte[] first = sha256(CanonicalJson.canonicalize(configuration));
    byte[] second = sha256(CanonicalJson.canonicalize(unsecured));
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
