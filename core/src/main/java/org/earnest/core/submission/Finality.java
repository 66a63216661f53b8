package org.earnest.core.submission;

/** When a block counts as final; a setting of each chain. */
public sealed interface Finality {
  /**
   * When so many blocks are on top of it.
   *
   * @param blocks 0 or more; a reorganisation that goes deeper is an accident
   */
  record Depth(int blocks) implements Finality {
    public Depth {
      if (blocks < 0) {
        throw new IllegalArgumentException("a depth is not negative");
      }
    }
  }

  /** When the chain's nodes call it {@code safe}. */
  record Safe() implements Finality {}

  /** When the chain's nodes call it {@code finalized}. */
  record Finalized() implements Finality {}
}
