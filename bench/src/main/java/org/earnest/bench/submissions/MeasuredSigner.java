package org.earnest.bench.submissions;

import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;

/** Counts signatures. */
record MeasuredSigner(EvmSigner signer, Tally tally) implements EvmSigner {
  @Override
  public EvmAddress address() {
    return signer.address();
  }

  @Override
  public byte[] sign(byte[] message) {
    return tally.time("sign", () -> signer.sign(message));
  }
}
