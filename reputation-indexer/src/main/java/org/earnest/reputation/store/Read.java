package org.earnest.reputation.store;

import org.earnest.core.chain.BlockRef;

/** What a reader gets: what was asked for, or why it cannot be had. */
public sealed interface Read<T> {
  /**
   * What was read.
   *
   * @param at the block up to which it is the whole truth
   */
  record Found<T>(BlockRef at, T value) implements Read<T> {}

  /** Before the first block is in. */
  record NotBegun<T>() implements Read<T> {}

  /** No agent of that number was registered up to a block. */
  record NoAgent<T>(BlockRef at) implements Read<T> {}

  /** The block that the reader began at is none that the index stands on. */
  record Undone<T>(BlockRef block) implements Read<T> {}

  /** The block that was asked about lies above those whose logs are in. */
  record Above<T>(BlockRef head) implements Read<T> {}

  /** The block that was asked about lies below the one that the index begins after. */
  record Below<T>(BlockRef at) implements Read<T> {}
}
