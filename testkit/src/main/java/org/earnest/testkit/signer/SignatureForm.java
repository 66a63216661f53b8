package org.earnest.testkit.signer;

/** How a signer writes what is the same signature. */
public enum SignatureForm {
  ETHEREUM,
  /** {@code v} 0 or 1. */
  BARE_RECOVERY_ID,
  /** The other root, {@code s} above half of the order. */
  HIGH_S,
}
