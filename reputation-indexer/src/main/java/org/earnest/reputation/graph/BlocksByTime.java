package org.earnest.reputation.graph;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.follow.TimedBlock;
import org.earnest.reputation.store.RecordedTimes;
import org.jdbi.v3.core.Handle;

/**
 * Finds blocks by their times. Those are in no order that an index could have, as some may not be
 * recorded yet, so it halves the chain again and again and asks the node for the time of a block
 * there that has none.
 */
final class BlocksByTime {
  /** Newest of those that the index knows by their hashes, which are all that have an event. */
  private static final String AT_OR_BELOW =
      "select number, hash, time from reputation.followed_block where chain = ? and number <= ?"
          + " order by number desc limit 1";

  private static final String FIRST =
      "select coalesce(min(number), 0) from reputation.followed_block where chain = ?";

  private final Handle handle;
  private final BlockRef head;
  private final BlockClock clock;
  private final Budget budget;
  private final Map<BigInteger, Long> found = new HashMap<>();

  BlocksByTime(Handle handle, BlockRef head, BlockClock clock, Budget budget) {
    this.handle = handle;
    this.head = head;
    this.clock = clock;
    this.budget = budget;
  }

  /** The height from which on all known blocks are later than a time, in seconds since 1970. */
  long firstAfter(BigInteger time) {
    return found.computeIfAbsent(time, this::search);
  }

  private long search(BigInteger time) {
    budget.takeRead();
    long low = first();
    long above = head.number() + 1;
    while (low < above) {
      long middle = low + (above - low) / 2;
      TimedBlock there = atOrBelow(middle);
      if (BigInteger.valueOf(time(there)).compareTo(time) > 0) {
        above = there.block().number();
      } else {
        low = middle + 1;
      }
    }
    return above;
  }

  private long first() {
    return handle.createQuery(FIRST).bind(0, head.chain().toString()).mapTo(Long.class).one();
  }

  private long time(TimedBlock block) {
    return block
        .time()
        .orElseGet(
            () -> clock.times(List.of(block.block()), unknown -> Map.of(), budget).getFirst());
  }

  private TimedBlock atOrBelow(long height) {
    return handle
        .createQuery(AT_OR_BELOW)
        .bind(0, head.chain().toString())
        .bind(1, height)
        .map(
            (row, context) ->
                new TimedBlock(
                    new BlockRef(head.chain(), row.getLong(1), new Hash32(row.getString(2))),
                    RecordedTimes.of(row, "time")))
        .one();
  }
}
