package org.earnest.bench.submissions;

import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;

/** Counts signatures. */
record MeasuredSigner(EvmSigner signer, Tally tally) implements EvmSigner {
  @Override
  public EvmAddress address() {
    return signer.address();
  }

  @Override
  public byte[] sign(Hash32 digest) {
    return tally.time("sign", () -> signer.sign(digest));
  }
}
