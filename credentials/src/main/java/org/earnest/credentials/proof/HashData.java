package org.earnest.credentials.proof;

import org.earnest.credentials.key.KeyType;

/** What the cryptosuites sign: the hash of the proof's configuration, then of the document. */
final class HashData {
  private HashData() {}

  static byte[] of(KeyType type, byte[] configuration, byte[] document) {
    byte[] first = type.hash(configuration);
    byte[] second = type.hash(document);
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
