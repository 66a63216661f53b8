package org.earnest.cli.host;

import java.time.Instant;
import java.time.InstantSource;
import org.earnest.core.chain.ChainReader;

/**
 * The chain's time, by which contracts judge. A development chain's can be moved ahead of the wall
 * clock's.
 */
final class ChainClock implements InstantSource {
  private final ChainReader chain;

  ChainClock(ChainReader chain) {
    this.chain = chain;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(chain.time());
  }
}
