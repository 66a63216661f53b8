package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.earnest.core.chain.Hash32;

/**
 * Counts the blocks that went by without a transaction that each of them could have held, and how
 * long none came. Each question is also a look at the head.
 */
final class StuckWatch {
  /** Times the blocks that make it stuck. */
  private static final int LONG = 3;

  private final int blocks;
  private final Duration idle;
  private final Ticks ticks;
  private final Map<Hash32, Wait> waits = new HashMap<>();

  /**
   * @param idle a chain that makes no block for so long may never make one by itself
   */
  StuckWatch(int blocks, Duration idle, Ticks ticks) {
    this.blocks = blocks;
    this.idle = idle;
    this.ticks = ticks;
  }

  private record Wait(long firstHead, long lastHead, long movedAt) {}

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

  /** Whether no block at all was seen for long while it waits. */
  synchronized boolean isIdle(Hash32 attempt, long head) {
    return ticks.nanos() - seen(attempt, head).movedAt() >= idle.toNanos();
  }

  private long waited(Hash32 attempt, long head) {
    return head - seen(attempt, head).firstHead();
  }

  private Wait seen(Hash32 attempt, long head) {
    Wait known = waits.computeIfAbsent(attempt, unseen -> new Wait(head, head, ticks.nanos()));
    if (known.lastHead() == head) {
      return known;
    }
    Wait moved = new Wait(known.firstHead(), head, ticks.nanos());
    waits.put(attempt, moved);
    return moved;
  }

  /** Forgets all others. */
  synchronized void retain(Set<Hash32> waiting) {
    waits.keySet().retainAll(waiting);
  }
}
