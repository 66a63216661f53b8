package org.earnest.reputation.store;

import java.math.BigInteger;
import java.util.List;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.LogRef;

/** What became of the index since a position. */
public sealed interface Changes {
  /**
   * The chain went on.
   *
   * @param head up to which it is the whole truth
   * @param changes in the chain's order
   */
  record Onward(ChangePosition head, List<Change> changes) implements Changes {
    public Onward {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Blocks were taken back, by the chain or to be read again: what was told of those above {@code
   * common} is void.
   */
  record Back(BlockRef from, ChangePosition common) implements Changes {}

  /** Before the first block is in. */
  record NotBegun() implements Changes {}

  /** What a change is about. */
  enum Topic {
    AGENT,
    FEEDBACK,
    DEAL
  }

  /**
   * One change.
   *
   * @param position after it
   * @param detail a JSON object of what the log said
   */
  record Change(
      LogRef log, ChangePosition position, Topic topic, BigInteger agentId, String detail) {}
}
