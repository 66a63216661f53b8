package org.earnest.bindings.crypto;

import java.util.Optional;

/** ECDSA over secp256k1. Keys and digests have 32 bytes, signatures are {@code r || s}. */
interface Secp256k1Port {
  int SIGNATURE_BYTES = 64;
  int PUBLIC_KEY_BYTES = 64;

  /** The affine point, {@code x || y}. */
  byte[] publicKey(byte[] privateKey);

  /** Deterministic (RFC 6979, SHA-256), with low {@code s}. */
  byte[] sign(byte[] digest, byte[] privateKey);

  /**
   * The public key that made the signature; empty when none could.
   *
   * @param signature with {@code r} and {@code s} between 1 and the order
   * @param recoveryId 0 to 3
   */
  Optional<byte[]> recover(byte[] digest, byte[] signature, int recoveryId);
}
