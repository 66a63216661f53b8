package org.earnest.kit.follow;

import java.util.List;
import java.util.OptionalLong;
import org.earnest.core.chain.ChainLog;
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

  /**
   * So many answers after a refusal more is tried again: a limit may be one of blocks, which stays,
   * or one of results, which a quiet stretch of the chain does not reach.
   */
  static final int ANSWERS_UNTIL_MORE = 32;

  private final ChainReader chain;
  private final FollowSettings settings;
  private long width;

  /** What the node took last, where it has refused more. */
  private long most;

  private int answersSinceRefusal;

  LogRanges(ChainReader chain, FollowSettings settings) {
    this.chain = chain;
    this.settings = settings;
    this.most = settings.range();
    this.width = Math.min(settings.range(), FollowSettings.FIRST_RANGE);
  }

  /** How many blocks to ask for next. */
  synchronized long width() {
    return width;
  }

  /**
   * The logs of a range, by one question.
   *
   * @throws LogRangeRefusedException when it was too large; fewer blocks are asked for next
   * @throws ChainUnavailableException when it was not answered for another reason
   */
  List<ChainLog> logs(long from, long to) {
    long blocks = to - from + 1;
    try {
      List<ChainLog> logs =
          chain.logs(new LogQuery(from, to, settings.contracts(), settings.topics()));
      answered(blocks, logs.size());
      return logs.stream().filter(log -> !log.removed()).toList();
    } catch (LogRangeRefusedException refused) {
      refused(blocks, refused.blocks());
      throw refused;
    } catch (ChainUnavailableException unanswered) {
      unanswered(blocks);
      throw unanswered;
    }
  }

  private synchronized void answered(long blocks, int logs) {
    if (++answersSinceRefusal % ANSWERS_UNTIL_MORE == 0) {
      most = Math.min(settings.range(), 2 * most);
    }
    long good = logs == 0 ? Long.MAX_VALUE : blocks * GOOD_ANSWER / logs;
    // What was asked for the rest of a range says nothing against more.
    long more = blocks < width ? width : 2 * blocks;
    width = Math.clamp(Math.min(good, more), 1, most);
  }

  private synchronized void refused(long blocks, OptionalLong taken) {
    answersSinceRefusal = 0;
    most = Math.min(most, Math.max(1, Math.min(taken.orElse(blocks / 2), blocks - 1)));
    width = Math.min(width, most);
  }

  /**
   * A node that gives up over an answer may not say so. An interrupted question is no sign of that,
   * and neither is one of a single block; more is asked for as soon as there is an answer.
   */
  private synchronized void unanswered(long blocks) {
    if (!Thread.currentThread().isInterrupted() && blocks > 1) {
      width = Math.min(width, blocks / 2);
    }
  }
}
