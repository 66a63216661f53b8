package org.earnest.bindings.anchor;

import java.nio.ByteBuffer;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Hash32;

/** Hashes of two words. */
final class Pairs {
  private Pairs() {}

  /** Of the two in this order. */
  static Hash32 joined(Hash32 first, Hash32 second) {
    return Keccak256.hash(
        ByteBuffer.allocate(2 * Hash32.BYTES).put(first.bytes()).put(second.bytes()).array());
  }

  /** A node above two: the lesser one comes first, so that a proof needs no sides. */
  static Hash32 node(Hash32 one, Hash32 other) {
    return one.hex().compareTo(other.hex()) < 0 ? joined(one, other) : joined(other, one);
  }
}
