package org.earnest.kit.follow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of {@code followed_block}, which go in together. */
final class RecordedBlocks {
  private final Map<BlockRef, OptionalLong> times = new LinkedHashMap<>();

  /** The blocks of the logs, and the last one. */
  static RecordedBlocks of(List<ChainLog> logs, TimedBlock end) {
    RecordedBlocks blocks = new RecordedBlocks();
    @Nullable BlockRef last = null;
    for (ChainLog log : logs) {
      // Many logs are of one block.
      if (!log.ref().block().equals(last)) {
        last = log.ref().block();
        blocks.add(new TimedBlock(last, notAfter(end.time(), log.time())));
      }
    }
    blocks.add(end);
    return blocks;
  }

  /** No block is later than one after it: such a time is in another unit, or made up. */
  private static OptionalLong notAfter(OptionalLong end, OptionalLong time) {
    return end.isPresent() && time.isPresent() && time.getAsLong() > end.getAsLong()
        ? OptionalLong.empty()
        : time;
  }

  /** A header is believed before a log. */
  private void add(TimedBlock block) {
    times.merge(block.block(), block.time(), (before, now) -> now.isPresent() ? now : before);
  }

  /** When each was made, as far as it is known. */
  Map<BlockRef, OptionalLong> times() {
    return Collections.unmodifiableMap(times);
  }

  void insert(Handle handle, Caip2ChainId chain, String table) {
    List<Long> numbers = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    List<@Nullable Long> seconds = new ArrayList<>();
    times.forEach(
        (block, time) -> {
          numbers.add(block.number());
          hashes.add(block.hash().hex());
          seconds.add(time.isPresent() ? time.getAsLong() : null);
        });
    handle.execute(
        "insert into "
            + table
            + " (chain, number, hash, time)"
            + " select ?, * from unnest(?::bigint[], ?::text[], ?::bigint[])"
            + " on conflict do nothing",
        chain.toString(),
        numbers.toArray(Long[]::new),
        hashes.toArray(String[]::new),
        seconds.toArray(Long[]::new));
  }
}
