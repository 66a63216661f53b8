package org.earnest.core.deal;

import org.earnest.core.chain.Hash32;

/** A deal: the EIP-712 digest of its terms, bound to one chain and one escrow contract. */
public record DealId(Hash32 digest) {
  @Override
  public String toString() {
    return digest.hex();
  }
}
