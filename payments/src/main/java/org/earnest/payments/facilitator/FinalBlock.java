package org.earnest.payments.facilitator;

import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;

/** The highest block that no reorganisation takes back. */
final class FinalBlock {
  /** Blocks on top of it. */
  static final int DEPTH = 12;

  private final ChainReader chain;

  FinalBlock(ChainReader chain) {
    this.chain = chain;
  }

  /** Empty while the chain has none. */
  Optional<BlockHeader> header() {
    return number().flatMap(number -> chain.block(new BlockTag.Height(number)));
  }

  /** Whether a block that is on the chain stays there; not while the chain cannot be asked. */
  boolean reaches(BlockRef block) {
    try {
      return number().filter(number -> number >= block.number()).isPresent();
    } catch (ChainUnavailableException unavailable) {
      return false;
    }
  }

  private Optional<Long> number() {
    return chain
        .block(BlockTag.Named.LATEST)
        .map(head -> head.ref().number() - DEPTH)
        .filter(number -> number >= 0);
  }
}
