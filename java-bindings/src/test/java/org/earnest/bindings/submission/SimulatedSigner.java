package org.earnest.bindings.submission;

import java.util.Arrays;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;

/** Signs with the digest itself: the simulated chain has one account and checks nothing. */
final class SimulatedSigner implements EvmSigner {
  static final EvmAddress ADDRESS = new EvmAddress("0x" + "5".repeat(40));
  private static final int WORD = 32;
  private static final byte V = 27;

  @Override
  public EvmAddress address() {
    return ADDRESS;
  }

  @Override
  public byte[] sign(byte[] message) {
    byte[] signature = Arrays.copyOf(Keccak256.hash(message).bytes(), 2 * WORD + 1);
    signature[2 * WORD - 1] = 1;
    signature[2 * WORD] = V;
    return signature;
  }
}
