package org.earnest.kit.follow;

import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.DatabaseUnavailableException;

/** Keeps logs in a list. */
final class InMemoryFollowStore implements FollowStore {
  private final List<BlockRef> blocks = new ArrayList<>();
  private final List<ChainLog> logs = new ArrayList<>();
  private final Map<BlockRef, Long> times = new HashMap<>();
  private int most = Integer.MAX_VALUE;
  private int largest;
  private boolean caughtUp;
  private Optional<Hash32> genesis = Optional.empty();
  private Optional<BlockRef> cursor = Optional.empty();

  /** Takes no more logs at once, as a database whose statements time out. */
  synchronized void takeAtMost(int logs) {
    most = logs;
  }

  /** The most logs that were taken at once. */
  synchronized int largest() {
    return largest;
  }

  /** Of the ends of ranges, as far as they were told. */
  synchronized Map<BlockRef, Long> times() {
    return Map.copyOf(times);
  }

  synchronized List<ChainLog> logs() {
    return List.copyOf(logs);
  }

  @Override
  public synchronized Optional<Hash32> genesis() {
    return genesis;
  }

  @Override
  public synchronized void begin(Hash32 first, BlockRef base) {
    genesis = Optional.of(first);
    cursor = Optional.of(base);
    blocks.add(base);
  }

  @Override
  public synchronized Optional<BlockRef> cursor() {
    return cursor;
  }

  @Override
  public synchronized List<BlockRef> recorded(long below, int limit) {
    return blocks.stream()
        .filter(block -> block.number() < below)
        .sorted(Comparator.comparingLong(BlockRef::number).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void append(BlockRef from, TimedBlock to, List<ChainLog> more) {
    if (more.size() > most) {
      throw DatabaseUnavailableException.unavailable(new SQLTimeoutException("too slow"));
    }
    largest = Math.max(largest, more.size());
    if (!cursor.equals(Optional.of(from))) {
      throw new IllegalStateException("the cursor is elsewhere");
    }
    more.stream().map(log -> log.ref().block()).distinct().forEach(blocks::add);
    if (!blocks.contains(to.block())) {
      blocks.add(to.block());
    }
    to.time().ifPresent(time -> times.put(to.block(), time));
    logs.addAll(more);
    cursor = Optional.of(to.block());
  }

  /** Nothing is put off. */
  @Override
  public synchronized void caughtUp() {
    caughtUp = true;
  }

  /** Whether it was told so. */
  synchronized boolean isCaughtUp() {
    return caughtUp;
  }

  @Override
  public synchronized void rewind(BlockRef to) {
    blocks.removeIf(block -> block.number() > to.number());
    logs.removeIf(log -> log.ref().block().number() > to.number());
    cursor = Optional.of(to);
  }
}
