package org.earnest.core.chain;

/** One log of one block: the address of a fact. */
public record LogRef(BlockRef block, Hash32 transaction, int logIndex) {
  public LogRef {
    if (logIndex < 0) {
      throw new IllegalArgumentException("a log index cannot be negative");
    }
  }
}
