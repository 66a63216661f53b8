package org.earnest.core.chain;

/** One block of one chain; the hash tells it from another at the same height. */
public record BlockRef(Caip2ChainId chain, long number, Hash32 hash) {
  public BlockRef {
    if (number < 0) {
      throw new IllegalArgumentException("a block number cannot be negative");
    }
  }
}
