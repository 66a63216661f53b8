package org.earnest.core.submission;

import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;

/** The highest block of a chain that counts as final. */
public final class FinalBlock {
  private final ChainReader chain;
  private final Finality finality;

  public FinalBlock(ChainReader chain, Finality finality) {
    this.chain = chain;
    this.finality = finality;
  }

  /** Empty while the chain has none. */
  public Optional<Long> number() {
    return switch (finality) {
      case Finality.Depth depth ->
          number(BlockTag.Named.LATEST)
              .map(head -> head - depth.blocks())
              .filter(number -> number >= 0);
      case Finality.Safe safe -> number(BlockTag.Named.SAFE);
      case Finality.Finalized finalized -> number(BlockTag.Named.FINALIZED);
    };
  }

  /** By which its state can be read; empty while the chain has none. */
  public Optional<BlockTag> tag() {
    return number().map(BlockTag.Height::new);
  }

  /** Empty while the chain has none. */
  public Optional<BlockHeader> header() {
    return tag().flatMap(chain::block);
  }

  /** Whether a block that is on the chain stays there; not while the chain cannot be asked. */
  public boolean reaches(BlockRef block) {
    try {
      return number().filter(number -> number >= block.number()).isPresent();
    } catch (ChainUnavailableException unavailable) {
      return false;
    }
  }

  private Optional<Long> number(BlockTag tag) {
    return chain.block(tag).map(BlockHeader::ref).map(BlockRef::number);
  }
}
