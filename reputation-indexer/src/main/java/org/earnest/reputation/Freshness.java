package org.earnest.reputation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;

/** Whether what was read up to a block may still be answered with as what holds now. */
record Freshness(ChainReader chain, InstantSource clock) {
  /** A node that stands still tells no error; whoever trusts an agent must not trust its past. */
  static final Duration MAX_AGE = Duration.ofHours(1);

  /** False, too, where the chain does not answer. */
  boolean of(BlockRef block) {
    try {
      return chain
          .blockByHash(block.hash())
          .map(header -> Instant.ofEpochSecond(header.timestamp()))
          .filter(at -> !at.plus(MAX_AGE).isBefore(clock.instant()))
          .isPresent();
    } catch (ChainUnavailableException unknown) {
      return false;
    }
  }
}
