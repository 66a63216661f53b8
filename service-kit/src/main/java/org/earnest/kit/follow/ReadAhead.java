package org.earnest.kit.follow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainRateLimitedException;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.LogRangeRefusedException;
import org.earnest.kit.logcache.LogSegment;
import org.earnest.kit.logcache.Span;
import org.jspecify.annotations.Nullable;

/**
 * Reads the next ranges while one is stored, so that neither node nor database waits for the other.
 * What it read is only what the chain was then: whoever takes it asks for the range's end again.
 * One thread takes; any may stop it.
 */
final class ReadAhead {
  /** Ranges that are read or wait to be taken, at most. */
  static final int RANGES = QuestionsAtOnce.MOST;

  /** Characters of answers that wait to be taken; while there are more, nothing else is read. */
  static final long MAX_HELD = RANGES * LogRanges.GOOD_CHARACTERS;

  private final ChainReader chain;
  private final LogRanges ranges;
  private final CachedRanges cached;
  private final QuestionsAtOnce atOnce;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Ahead> ahead = new ArrayDeque<>();
  private boolean answered;

  ReadAhead(ChainReader chain, LogRanges ranges, CachedRanges cached, QuestionsAtOnce atOnce) {
    this.chain = chain;
    this.ranges = ranges;
    this.cached = cached;
    this.atOnce = atOnce;
  }

  /** Of what the node limited, and what is asked again once there may be one more question. */
  private static final Future<Chunk> NOT_ASKED = cancelled();

  private record Ahead(long from, long to, Callable<Chunk> reading, Future<Chunk> chunk) {
    private boolean isLimited() {
      return chunk.state() == Future.State.FAILED
          && chunk.exceptionNow() instanceof ChainRateLimitedException;
    }

    private boolean isUnderWay() {
      return chunk.state() == Future.State.RUNNING;
    }
  }

  /**
   * The range that begins there; the same one again until {@link #stored}.
   *
   * @param limit the last block that may be read
   * @throws ChainUnavailableException when it could not be read; ask again. Where the node limits
   *     the rate, what it did answer is kept
   */
  Chunk at(long from, long limit) {
    while (true) {
      fill(from, limit);
      Ahead first = ahead.getFirst();
      try {
        Chunk chunk = first.chunk().get();
        answered = true;
        fill(from, limit);
        return chunk;
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof ChainRateLimitedException limited) {
          putOff();
          throw limited;
        }
        forget();
        boolean otherwise =
            failed.getCause() instanceof NotKeptException
                || (failed.getCause() instanceof LogRangeRefusedException && first.to() > from);
        if (!otherwise) {
          throw unavailable(failed.getCause());
        }
        // A smaller range is asked for at once, or what the cache has lost of the node.
      } catch (CancellationException stopped) {
        throw new ChainUnavailableException("it is stopping", stopped);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new ChainUnavailableException("interrupted while logs were read", interrupted);
      }
    }
  }

  /** The first range is in the store up to this block: that is not needed again. */
  void stored(BlockRef end) {
    Ahead first = ahead.removeFirst();
    if (end.number() < first.to()) {
      Chunk rest = first.chunk().resultNow().after(end);
      ahead.addFirst(
          new Ahead(
              end.number() + 1, first.to(), () -> rest, CompletableFuture.completedFuture(rest)));
    }
  }

  /** What was read ahead belongs to another chain, or to other ranges. */
  void forget() {
    ahead.forEach(range -> range.chunk().cancel(true));
    ahead.clear();
  }

  /** What was limited by now is one limit, and asked again later. */
  private void putOff() {
    for (int left = ahead.size(); left > 0; left--) {
      Ahead one = ahead.removeFirst();
      ahead.addLast(
          one.isLimited() ? new Ahead(one.from(), one.to(), one.reading(), NOT_ASKED) : one);
    }
  }

  /** The first in any case, as it is waited for. */
  private void askAgain() {
    long room = atOnce.most() - ahead.stream().filter(Ahead::isUnderWay).count();
    for (int i = 0, all = ahead.size(); i < all; i++) {
      Ahead one = ahead.removeFirst();
      boolean again = one.chunk().isCancelled() && (i == 0 || room > 0);
      room -= again ? 1 : 0;
      ahead.addLast(again ? asked(one.from(), one.to(), one.reading()) : one);
    }
  }

  /** Ends what is being read; nothing can be read afterwards. */
  void stop() {
    threads.shutdownNow();
  }

  private void fill(long from, long limit) {
    if (!ahead.isEmpty() && ahead.getFirst().from() != from) {
      forget();
    }
    askAgain();
    long next = ahead.isEmpty() ? from : ahead.getLast().to() + 1;
    // How much a range holds is not known before one was answered.
    int most = answered ? atOnce.most() : 1;
    while (ahead.size() < most && next <= limit && (ahead.isEmpty() || held() < MAX_HELD)) {
      ahead.addLast(next(next, limit));
      next = ahead.getLast().to() + 1;
    }
  }

  private long held() {
    return ahead.stream()
        .map(Ahead::chunk)
        .filter(chunk -> chunk.state() == Future.State.SUCCESS)
        .mapToLong(chunk -> LogRanges.characters(chunk.resultNow().logs()))
        .sum();
  }

  private Ahead next(long from, long limit) {
    Optional<Span> kept = cached.holding(from, limit);
    if (kept.isPresent()) {
      return asked(from, kept.get().to(), () -> readKept(kept.get(), from));
    }
    long to = cached.before(from, Math.min(limit, from + ranges.width() - 1));
    return asked(from, to, () -> read(from, to));
  }

  private Ahead asked(long from, long to, Callable<Chunk> reading) {
    try {
      return new Ahead(from, to, reading, threads.submit(reading));
    } catch (RejectedExecutionException stopped) {
      throw new ChainUnavailableException("it is stopping", stopped);
    }
  }

  private Chunk read(long from, long to) {
    BlockHeader end =
        chain
            .block(new BlockTag.Height(to))
            .filter(header -> header.ref().number() == to)
            .orElseThrow(() -> new ChainUnavailableException("the node lacks block " + to));
    return new Chunk(end.ref(), ranges.logs(from, to), false);
  }

  private Chunk readKept(Span span, long from) throws NotKeptException {
    LogSegment segment = cached.read(span, from).orElseThrow(NotKeptException::new);
    return new Chunk(segment.end(), segment.logs(), true);
  }

  private static Future<Chunk> cancelled() {
    CompletableFuture<Chunk> never = new CompletableFuture<>();
    never.cancel(false);
    return never;
  }

  /** The cache has it no longer. */
  private static final class NotKeptException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static RuntimeException unavailable(@Nullable Throwable cause) {
    return cause instanceof ChainUnavailableException unavailable
        ? unavailable
        : new IllegalStateException("a range could not be read", cause);
  }
}
