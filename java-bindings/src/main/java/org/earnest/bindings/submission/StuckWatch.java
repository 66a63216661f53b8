package org.earnest.bindings.submission;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.earnest.core.chain.Hash32;

/** Counts the blocks that went by without a transaction that each of them could have held. */
final class StuckWatch {
  /** Times the blocks that make it stuck. */
  private static final int LONG = 3;

  private final int blocks;
  private final Map<Hash32, Long> firstSeen = new HashMap<>();

  StuckWatch(int blocks) {
    this.blocks = blocks;
  }

  /**
   * Whether so many blocks were mined since this attempt was first seen waiting.
   *
   * @param head the newest block's number
   */
  synchronized boolean isStuck(Hash32 attempt, long head) {
    return waited(attempt, head) >= blocks;
  }

  /** Whether so many went by that it makes no difference what it offers. */
  synchronized boolean isStuckForLong(Hash32 attempt, long head) {
    return waited(attempt, head) >= (long) LONG * blocks;
  }

  private long waited(Hash32 attempt, long head) {
    return head - firstSeen.computeIfAbsent(attempt, unseen -> head);
  }

  /** Forgets all others. */
  synchronized void retain(Set<Hash32> waiting) {
    firstSeen.keySet().retainAll(waiting);
  }
}
