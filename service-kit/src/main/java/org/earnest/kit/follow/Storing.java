package org.earnest.kit.follow;

import java.util.Map;
import java.util.Objects;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.kit.postgres.DatabaseUnavailableException;

/** Stores what was read in parts that a database takes in its time. */
final class Storing {
  /** Logs of one transaction, whatever a node gives in one answer. */
  private static final int MOST_STORED = 1 << 18;

  /** So many transactions after one that failed, more is tried again. */
  private static final int STORED_UNTIL_MORE = 16;

  /**
   * Near the head every recorded block is at most this far from the next one, so that undoing a
   * shallow reorganisation reads little again.
   */
  static final int DENSE_RANGE = 16;

  private final FollowStore store;
  private int mostStored = MOST_STORED;
  private int storedInARow;

  Storing(FollowStore store) {
    this.store = store;
  }

  /**
   * Stores it in so many parts that no two recorded blocks are far from each other.
   *
   * @return the last block that is in
   */
  BlockRef dense(BlockRef cursor, Chunk chunk, Map<Long, BlockHeader> told) {
    BlockRef reached = cursor;
    Chunk rest = chunk;
    for (long height : chunk.waypoints(cursor, DENSE_RANGE)) {
      BlockRef end = there(height, told);
      reached = stored(reached, rest.upTo(end));
      if (!reached.equals(end)) {
        return reached;
      }
      rest = rest.after(end);
    }
    return stored(reached, rest);
  }

  static BlockRef there(long height, Map<Long, BlockHeader> told) {
    return Objects.requireNonNull(told.get(height), "a block that was judged").ref();
  }

  /**
   * Stores what a database takes in its time, and less of it after each time that it did not.
   *
   * @return the last block that is in
   */
  BlockRef stored(BlockRef cursor, Chunk chunk) {
    Chunk part = chunk.atMost(mostStored);
    try {
      store.append(cursor, TimedBlock.untold(part.end()), part.logs());
    } catch (DatabaseUnavailableException failed) {
      if (part.logs().size() > 1) {
        mostStored = Math.max(1, Math.min(mostStored, part.logs().size()) / 2);
      }
      storedInARow = 0;
      throw failed;
    }
    if (++storedInARow % STORED_UNTIL_MORE == 0) {
      mostStored = Math.min(MOST_STORED, 2 * mostStored);
    }
    return part.end();
  }
}
