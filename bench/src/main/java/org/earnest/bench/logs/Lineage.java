package org.earnest.bench.logs;

/** Which branch each block up to some block is of: what happened before it on its own chain. */
@FunctionalInterface
public interface Lineage {
  /** A chain that was never reorganised. */
  Lineage UNCHANGED = block -> 0;

  /**
   * The branch of a block.
   *
   * @return 0 on the chain as it began; a block that took another's place has a higher one
   */
  int fork(long block);
}
