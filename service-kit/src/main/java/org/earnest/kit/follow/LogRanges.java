package org.earnest.kit.follow;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainRateLimitedException;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.LogRangeRefusedException;

/**
 * How many blocks are asked for at once: as many as make an answer of a good size, and no more than
 * the node takes. Several threads may ask.
 */
final class LogRanges {
  /** Logs of one answer, about: some megabytes, which a node makes in a moment. */
  static final int GOOD_ANSWER = 4_000;

  /** Characters of the same; logs may be of any length. */
  static final long GOOD_CHARACTERS = 8 << 20;

  /**
   * So many answers after a refusal more is tried again: a limit may be one of blocks, which stays,
   * or one of results, which a quiet stretch of the chain does not reach. Twice as many after each
   * try that is refused, and no more than {@link #MOST_ANSWERS_UNTIL_MORE}.
   */
  static final int ANSWERS_UNTIL_MORE = 32;

  static final int MOST_ANSWERS_UNTIL_MORE = 1_024;

  private static final long NEVER = Long.MAX_VALUE;
  private static final int CHARACTERS_BESIDE_DATA = 500;

  private final ChainReader chain;
  private final FollowSettings settings;
  private final LogPieces pieces;
  private long width;

  /** What the node takes, where it has refused more. */
  private long most;

  private long refusedAt = NEVER;
  private long gaveUpAt = NEVER;
  private int untilMore = ANSWERS_UNTIL_MORE;
  private int answersSinceRefusal;

  LogRanges(ChainReader chain, FollowSettings settings) {
    this.chain = chain;
    this.settings = settings;
    this.pieces = new LogPieces(chain, settings);
    this.most = settings.range();
    this.width = Math.min(settings.range(), FollowSettings.FIRST_RANGE);
  }

  /** How many blocks to ask for next. */
  synchronized long width() {
    return width;
  }

  /**
   * The logs of a range, by one question; those of a single block by several, if they must.
   *
   * @throws LogRangeRefusedException when it was too large; fewer blocks are asked for next
   * @throws ChainUnavailableException when it was not answered for another reason
   */
  List<ChainLog> logs(long from, long to) {
    long blocks = to - from + 1;
    try {
      List<ChainLog> logs =
          chain.logs(new LogQuery(from, to, settings.contracts(), settings.topics()));
      answered(blocks, logs);
      return ordered(logs);
    } catch (LogRangeRefusedException refused) {
      refused(blocks, refused.blocks());
      if (blocks > 1) {
        throw refused;
      }
      return ordered(pieces.of(from, refused));
    } catch (ChainRateLimitedException limited) {
      // Smaller questions would be more of them.
      throw limited;
    } catch (ChainUnavailableException unanswered) {
      unanswered(blocks);
      throw unanswered;
    }
  }

  /** Whoever cuts them relies on the order, which no node promises. */
  private static List<ChainLog> ordered(List<ChainLog> logs) {
    return logs.stream()
        .filter(log -> !log.removed())
        .sorted(
            Comparator.comparingLong((ChainLog log) -> log.ref().block().number())
                .thenComparingInt(log -> log.ref().logIndex()))
        .toList();
  }

  /** Characters of JSON that logs were, about. */
  static long characters(List<ChainLog> logs) {
    return logs.stream().mapToLong(log -> log.data().length() + CHARACTERS_BESIDE_DATA).sum();
  }

  private synchronized void answered(long blocks, List<ChainLog> logs) {
    if (blocks >= gaveUpAt) {
      gaveUpAt = NEVER;
    }
    if (++answersSinceRefusal % untilMore == 0) {
      tryMore();
    }
    long byNumber = logs.isEmpty() ? NEVER : blocks * GOOD_ANSWER / logs.size();
    long bySize = logs.isEmpty() ? NEVER : blocks * GOOD_CHARACTERS / characters(logs);
    // What was asked for the rest of a range says nothing against more.
    long more = blocks < width ? width : 2 * blocks;
    width = Math.clamp(Math.min(Math.min(byNumber, bySize), more), 1, most);
  }

  /** Between what is taken and what was refused; beyond that, once there is nothing between. */
  private void tryMore() {
    long between = refusedAt == NEVER ? 2 * most : most + (refusedAt - most) / 2;
    if (between == most) {
      refusedAt = NEVER;
      between = 2 * most;
    }
    most = Math.min(settings.range(), Math.min(between, 2 * most));
  }

  private synchronized void refused(long blocks, OptionalLong taken) {
    boolean again = refusedAt != NEVER;
    untilMore = again ? Math.min(2 * untilMore, MOST_ANSWERS_UNTIL_MORE) : ANSWERS_UNTIL_MORE;
    answersSinceRefusal = 0;
    refusedAt = blocks;
    most = Math.min(most, Math.max(1, Math.min(taken.orElse(blocks / 2), blocks - 1)));
    width = Math.min(width, most);
  }

  /**
   * A node that gives up over an answer may not say so, and one that gives up twice over as much
   * has refused it. An interrupted question is no sign of that, and neither is one of a single
   * block; after the first time more is asked for as soon as there is an answer.
   */
  private synchronized void unanswered(long blocks) {
    if (Thread.currentThread().isInterrupted() || blocks == 1) {
      return;
    }
    if (blocks >= gaveUpAt) {
      gaveUpAt = NEVER;
      refused(blocks, OptionalLong.empty());
    } else {
      gaveUpAt = blocks;
      width = Math.min(width, blocks / 2);
    }
  }
}
