package org.earnest.core.submission;

/** How firmly the chain holds a transaction. */
public enum Inclusion {
  /** In no block yet. */
  PENDING,
  /** In a block that a reorganisation may still take back. */
  INCLUDED,
  /** In a block that counts as final by the chain's {@link Finality}. */
  FINAL,
  /** Was in a block that is no longer on the chain, and is in no other yet. */
  REORGED
}
