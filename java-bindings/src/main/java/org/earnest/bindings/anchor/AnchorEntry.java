package org.earnest.bindings.anchor;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Hash32;

/**
 * Some content that an issuer stands by.
 *
 * @param subject what it is about: the Keccak-256 of a name, such as a status list's URL
 * @param digest the content's SHA-256: of a status list what stays the same when it is renewed, of
 *     anything else byte by byte as it is served
 */
public record AnchorEntry(Hash32 subject, Hash32 digest) {
  /** An entry by name and content. */
  public static AnchorEntry of(String name, byte[] content) {
    return new AnchorEntry(Keccak256.hash(name), sha256(content));
  }

  /** Its place in a tree, and its root where it is anchored alone. */
  public Hash32 leaf() {
    return Keccak256.hash(Pairs.joined(subject, digest).bytes());
  }

  private static Hash32 sha256(byte[] content) {
    try {
      return Hash32.of(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
