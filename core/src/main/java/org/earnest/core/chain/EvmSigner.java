package org.earnest.core.chain;

/** Signs for one account; where the key lives is its own affair. */
public interface EvmSigner {
  EvmAddress address();

  /**
   * An ECDSA signature over secp256k1 of the message's Keccak-256. The message is what a signer can
   * read and judge: a transaction without its signature (EIP-2718), or typed data as {@code
   * 0x1901}, domain separator and struct hash (EIP-712).
   *
   * @return 65 bytes {@code r || s || v} with low {@code s} and {@code v} 27 or 28
   * @throws SignerUnavailableException when the key could not be asked; nothing was signed that
   *     anybody could use, and it may be asked again
   */
  byte[] sign(byte[] message);
}
