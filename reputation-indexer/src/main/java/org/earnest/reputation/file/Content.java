package org.earnest.reputation.file;

import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Hash32;

/** The bytes of a file. */
public final class Content {
  private final byte[] bytes;

  public Content(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** Keccak-256 of the bytes, which is what ERC-8004 lets a feedback name. */
  public Hash32 hash() {
    return Keccak256.hash(bytes);
  }

  @Override
  public String toString() {
    return "Content[" + bytes.length + " bytes]";
  }
}
