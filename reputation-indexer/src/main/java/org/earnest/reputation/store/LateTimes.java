package org.earnest.reputation.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the headers of recorded blocks whose times no log told, the newest first. Only near the
 * head, and little at once: it is the node that is followed, and whoever needs a time sooner asks
 * for it.
 */
public final class LateTimes implements AutoCloseable {
  /** Headers of one question: a node may take them one after the other. */
  static final int TOGETHER = 16;

  /** Questions after which the newest are looked for again, whatever was not told. */
  static final int DESCENT = 64;

  private static final Logger LOG = LoggerFactory.getLogger(LateTimes.class);

  /** Between two questions, so that there are 32 headers in a second at most. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** After nothing was missing, or the follower is far from the head. */
  private static final Duration REST = Duration.ofSeconds(2);

  /** After a question that was not answered. */
  private static final Duration RETRY = Duration.ofSeconds(10);

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final Database database;
  private final ChainReader chain;
  private final Supplier<FollowProgress> progress;
  private final Thread thread;
  private volatile boolean closing;
  private int together = TOGETHER;
  private long below = Long.MAX_VALUE;
  private int questions;

  LateTimes(Database database, ChainReader chain, Supplier<FollowProgress> progress) {
    this.database = database;
    this.chain = chain;
    this.progress = progress;
    this.thread = Thread.ofVirtual().name("late-times").unstarted(this::run);
  }

  public static LateTimes start(
      Database database, ChainReader chain, Supplier<FollowProgress> progress) {
    LateTimes times = new LateTimes(database, chain, progress);
    times.thread.start();
    return times;
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_PATIENCE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      Duration pause = Duration.ZERO;
      while (!closing) {
        Thread.sleep(pause);
        pause = LateIndexes.isNear(progress.get()) ? look() : REST;
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long to pause after it. */
  private Duration look() {
    try {
      return step() ? PAUSE : REST;
    } catch (ChainUnavailableException | DatabaseUnavailableException passing) {
      return RETRY;
    } catch (RuntimeException bug) {
      if (!closing) {
        LOG.error("times of blocks are asked for later", bug);
      }
      return RETRY;
    }
  }

  /** Whether there was something to ask for. */
  boolean step() {
    Caip2ChainId id = chain.chainId();
    if (++questions % DESCENT == 0) {
      below = Long.MAX_VALUE;
    }
    List<BlockRef> untold =
        database.call(handle -> RecordedTimes.untold(handle, id, below, together));
    if (untold.isEmpty()) {
      below = Long.MAX_VALUE;
      return false;
    }
    Map<BlockRef, Long> told = told(untold);
    database.run(handle -> RecordedTimes.learn(handle, id, told));
    if (told.size() < untold.size()) {
      below = untold.getLast().number();
    }
    return true;
  }

  /** Those that the node knows by their hashes. */
  private Map<BlockRef, Long> told(List<BlockRef> blocks) {
    List<Optional<BlockHeader>> headers = asked(blocks);
    Map<BlockRef, Long> times = new HashMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      BlockRef block = blocks.get(i);
      headers
          .get(i)
          .filter(header -> header.ref().equals(block))
          .ifPresent(header -> times.put(block, header.timestamp()));
    }
    return times;
  }

  /** Fewer at once after each question that is not answered; a single block is left out then. */
  private List<Optional<BlockHeader>> asked(List<BlockRef> blocks) {
    try {
      List<Optional<BlockHeader>> headers =
          chain.blocksByHash(blocks.stream().map(BlockRef::hash).toList());
      together = Math.min(TOGETHER, 2 * together);
      return headers;
    } catch (ChainUnavailableException unanswered) {
      if (together == 1) {
        below = blocks.getLast().number();
      }
      together = Math.max(1, together / 2);
      throw unanswered;
    }
  }
}
