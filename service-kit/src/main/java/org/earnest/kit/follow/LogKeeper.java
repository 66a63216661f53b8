package org.earnest.kit.follow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.logcache.LogSegment;

/**
 * A store whose logs are kept as well, once they are in it and final. They are written by a thread
 * of its own; a follower that is faster waits for it.
 */
final class LogKeeper implements FollowStore, AutoCloseable {
  /** Of a segment, about: one that is read again is one transaction. */
  static final int SEGMENT_LOGS = LogRanges.GOOD_ANSWER;

  /** Of a segment where little happens. */
  static final long SEGMENT_BLOCKS = 100_000;

  /** Of logs that wait to become final; beyond that they are asked for again another time. */
  static final long MAX_WAITING_CHARACTERS = 64 << 20;

  private static final int MAX_UNWRITTEN_SEGMENTS = 2;
  private static final Duration CLOSE_PATIENCE = Duration.ofMinutes(1);

  private final FollowStore store;
  private final CachedRanges cached;
  private final Deque<LogSegment> waiting = new ArrayDeque<>();
  private final List<LogSegment> settled = new ArrayList<>();
  private long waitingCharacters;
  private int settledLogs;
  private long settledCharacters;

  /** Held while a file is written or dropped. */
  private final Object files = new Object();

  /** What was to be written before one of these is not written after it. */
  private volatile int rewinds;

  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          0,
          1,
          1,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_UNWRITTEN_SEGMENTS),
          Thread.ofPlatform().daemon().name("log-cache").factory(),
          new ThreadPoolExecutor.CallerRunsPolicy());

  LogKeeper(FollowStore store, CachedRanges cached) {
    this.store = store;
    this.cached = cached;
  }

  @Override
  public void append(BlockRef from, TimedBlock to, List<ChainLog> logs) {
    store.append(from, to, logs);
    if (cached.wants(from.number() + 1)) {
      hold(new LogSegment(from.number() + 1, to.block(), logs));
    }
  }

  private synchronized void hold(LogSegment segment) {
    waiting.add(segment);
    waitingCharacters += LogRanges.characters(segment.logs());
    while (waitingCharacters > MAX_WAITING_CHARACTERS) {
      waitingCharacters -= LogRanges.characters(waiting.remove().logs());
    }
  }

  @Override
  public void rewind(BlockRef to) {
    store.rewind(to);
    synchronized (files) {
      rewinds++;
      cached.dropAbove(to.number());
    }
    undo(to);
  }

  private synchronized void undo(BlockRef to) {
    settled.removeIf(part -> part.end().number() > to.number());
    settledLogs = settled.stream().mapToInt(part -> part.logs().size()).sum();
    settledCharacters = settled.stream().mapToLong(part -> LogRanges.characters(part.logs())).sum();
    while (!waiting.isEmpty() && waiting.getLast().end().number() > to.number()) {
      LogSegment last = waiting.removeLast();
      waitingCharacters -= LogRanges.characters(last.logs());
      if (last.from() <= to.number()) {
        hold(
            new LogSegment(
                last.from(),
                to,
                last.logs().stream()
                    .filter(log -> log.ref().block().number() <= to.number())
                    .toList()));
      }
    }
  }

  /** What has come up to this block is final. */
  synchronized void settle(long block) {
    while (!waiting.isEmpty() && waiting.getFirst().end().number() <= block) {
      LogSegment next = waiting.remove();
      long characters = LogRanges.characters(next.logs());
      waitingCharacters -= characters;
      if (!settled.isEmpty() && settled.getLast().end().number() + 1 != next.from()) {
        write();
      }
      settled.add(next);
      settledLogs += next.logs().size();
      settledCharacters += characters;
      if (settledLogs >= SEGMENT_LOGS
          || settledCharacters >= LogRanges.GOOD_CHARACTERS
          || next.end().number() - settled.getFirst().from() >= SEGMENT_BLOCKS) {
        write();
      }
    }
  }

  private void write() {
    if (settled.isEmpty()) {
      return;
    }
    List<ChainLog> logs = settled.stream().flatMap(part -> part.logs().stream()).toList();
    LogSegment segment = new LogSegment(settled.getFirst().from(), settled.getLast().end(), logs);
    settled.clear();
    settledLogs = 0;
    settledCharacters = 0;
    int before = rewinds;
    writer.execute(() -> keep(segment, before));
  }

  private void keep(LogSegment segment, int before) {
    synchronized (files) {
      if (rewinds == before) {
        cached.keep(segment);
      }
    }
  }

  /** Writes what is final, and lets others keep logs there once nothing is written any more. */
  @Override
  public void close() {
    synchronized (this) {
      write();
    }
    writer.shutdown();
    try {
      if (writer.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        cached.close();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void caughtUp() {
    store.caughtUp();
  }

  @Override
  public Optional<Hash32> genesis() {
    return store.genesis();
  }

  @Override
  public void begin(Hash32 genesis, BlockRef base) {
    store.begin(genesis, base);
  }

  @Override
  public Optional<BlockRef> cursor() {
    return store.cursor();
  }

  @Override
  public List<BlockRef> recorded(long below, int limit) {
    return store.recorded(below, limit);
  }
}
