package org.earnest.kit.follow;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainRateLimitedException;
import org.earnest.core.chain.ChainUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks that were believed to have no logs although their headers speak of some. A node may be
 * later with its logs than anybody waits, or may have answered for another fork, so they are asked
 * for again, many in one question and rarely, as most headers speak of what is not there.
 */
final class BelievedBlocks {
  /** Blocks that are remembered; beyond that the oldest is forgotten. */
  static final int REMEMBERED = 1_024;

  /** Between two questions, however many blocks there are to ask for. */
  static final Duration INTERVAL = Duration.ofSeconds(10);

  /** From the first to the last block of one question at most. */
  static final long SPAN = 64;

  private static final Logger LOG = LoggerFactory.getLogger(BelievedBlocks.class);

  private final LogRanges ranges;
  private final int horizon;
  private final LongSupplier nanos;
  private final NavigableMap<Long, BlockRef> blocks = new TreeMap<>();

  /** When the last question was asked, or there was nothing to ask. */
  private long asked;

  /** The block that the next question begins with, or the first one after it. */
  private long next;

  /**
   * For one follower.
   *
   * @param horizon depth in blocks from which on nothing is undone, and nothing asked again
   * @param nanos as of {@link System#nanoTime}
   */
  BelievedBlocks(LogRanges ranges, int horizon, LongSupplier nanos) {
    this.ranges = ranges;
    this.horizon = horizon;
    this.nanos = nanos;
  }

  void add(BlockRef block) {
    blocks.put(block.number(), block);
    if (blocks.size() > REMEMBERED) {
      blocks.pollFirstEntry();
    }
  }

  /**
   * Asks for some of them again, if it is time to.
   *
   * @param cursor a block of the chain; what is above it is to be read anyway
   * @return the first whose logs have come; what the node does not answer is asked another time
   * @throws ChainRateLimitedException when it is asked too much
   */
  Optional<BlockRef> come(BlockRef cursor, BlockRef head) {
    blocks.tailMap(cursor.number(), false).clear();
    blocks.headMap(head.number() - horizon, true).clear();
    long now = nanos.getAsLong();
    if (blocks.isEmpty()) {
      asked = now;
    }
    if (now - asked < INTERVAL.toNanos()) {
      return Optional.empty();
    }
    asked = now;
    return ask();
  }

  private Optional<BlockRef> ask() {
    SortedMap<Long, BlockRef> rest = blocks.tailMap(next, true);
    long from = (rest.isEmpty() ? blocks : rest).firstKey();
    long to = blocks.headMap(from + Math.min(SPAN, ranges.width()), false).lastKey();
    try {
      Optional<BlockRef> come =
          ranges.logs(from, to).stream()
              .map(log -> log.ref().block())
              .filter(block -> block.equals(blocks.get(block.number())))
              .findFirst();
      next = to + 1;
      come.ifPresent(block -> LOG.warn("the logs of block {} came late", block.number()));
      return come;
    } catch (ChainRateLimitedException limited) {
      // It is to be asked for less, not only for this.
      throw limited;
    } catch (ChainUnavailableException unanswered) {
      return Optional.empty();
    }
  }
}
