package org.earnest.cli.host;

import java.time.Instant;
import java.time.InstantSource;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;

/**
 * The time of the chain's block to come, by which contracts judge. A development chain's time can
 * be moved ahead of the wall clock's.
 */
final class ChainClock implements InstantSource {
  private final ChainReader chain;

  ChainClock(ChainReader chain) {
    this.chain = chain;
  }

  @Override
  public Instant instant() {
    return chain
        .block(BlockTag.Named.PENDING)
        .map(header -> Instant.ofEpochSecond(header.timestamp()))
        .orElseGet(Instant::now);
  }
}
