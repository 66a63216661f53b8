package org.earnest.core.chain;

import java.util.OptionalLong;

/** The node finds a range of blocks, or what it would have to answer for it, too large. */
public final class LogRangeRefusedException extends ChainUnavailableException {
  private static final long serialVersionUID = 1L;

  private final long blocks;

  /**
   * A refusal.
   *
   * @param blocks how many the node would take, where it says so
   */
  public LogRangeRefusedException(String message, OptionalLong blocks) {
    super(message);
    this.blocks = blocks.orElse(0);
  }

  /** How many blocks the node would take of this range, where it says so; 1 at least. */
  public OptionalLong blocks() {
    return blocks < 1 ? OptionalLong.empty() : OptionalLong.of(blocks);
  }
}
