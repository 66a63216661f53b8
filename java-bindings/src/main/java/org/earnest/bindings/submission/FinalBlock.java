package org.earnest.bindings.submission;

import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.submission.Finality;

/** The highest block that counts as final. */
final class FinalBlock {
  private final ChainReader chain;
  private final Finality finality;

  FinalBlock(ChainReader chain, Finality finality) {
    this.chain = chain;
    this.finality = finality;
  }

  /** By which it can be read; empty while the chain has none. */
  Optional<BlockTag> tag() {
    return number().map(BlockTag.Height::new);
  }

  Optional<Long> number() {
    return switch (finality) {
      case Finality.Depth depth ->
          number(BlockTag.Named.LATEST)
              .map(head -> head - depth.blocks())
              .filter(number -> number >= 0);
      case Finality.Safe safe -> number(BlockTag.Named.SAFE);
      case Finality.Finalized finalized -> number(BlockTag.Named.FINALIZED);
    };
  }

  private Optional<Long> number(BlockTag tag) {
    return chain.block(tag).map(BlockHeader::ref).map(ref -> ref.number());
  }
}
