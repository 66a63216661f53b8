package org.earnest.core.chain;

/** Signs for one account; where the key lives is its own affair. */
public interface EvmSigner {
  EvmAddress address();

  /**
   * An ECDSA signature over secp256k1 of the digest as it stands.
   *
   * @return 65 bytes {@code r || s || v} with low {@code s} and {@code v} 27 or 28
   */
  byte[] sign(Hash32 digest);
}
