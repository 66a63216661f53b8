package org.earnest.reputation.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.follow.FollowSettings;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the indexes that only listings need, once the chain has been caught up with: an average
 * changes with each entry, and keeping it in order would double what reading in a chain takes. To
 * make an index of rows that are there takes a fraction of keeping it while they come.
 */
public final class LateIndexes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LateIndexes.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  /** After an index could not be made. */
  private static final Duration RETRY = Duration.ofMinutes(1);

  /** Keeps a second process from taking the index that one is making for a leftover. */
  private static final long LOCK = 0x6c617465_69647873L;

  private static final int NO_TIMEOUT = 0;

  /** An index and what it is on. */
  private record Index(String name, String on) {}

  private static final List<Index> INDEXES =
      List.of(
          // An average as of an older block is added up from the index alone, as an agent's entries
          // lie scattered. Until it is there they are found by their key.
          new Index(
              "feedback_agent",
              "reputation.feedback (chain, agent_id, block_number, log_index)"
                  + " include (value, value_decimals)"),
          new Index(
              "feedback_standing_average",
              "reputation.feedback_standing (chain, tag, average, agent_id) include (entries)"),
          new Index(
              "feedback_standing_entries",
              "reputation.feedback_standing (chain, tag, entries, agent_id)"),
          // Whoever goes through agents finds their standings side by side, and not each on a page
          // of its own.
          new Index(
              "feedback_standing_agent",
              "reputation.feedback_standing (chain, tag, agent_id) include (entries, average)"),
          // An agent's entries side by side with all that is told of them; the few whose texts are
          // long, which no index takes, apart.
          new Index(
              "feedback_listed",
              "reputation.feedback (chain, agent_id, block_number, log_index) include (client,"
                  + " feedback_index, value, value_decimals, tag1, tag2, endpoint, feedback_uri,"
                  + " feedback_hash, block_hash, transaction) where "
                  + FeedbackReads.textsAreShort("")),
          new Index(
              "feedback_with_long_texts",
              "reputation.feedback (chain, agent_id, block_number, log_index) where not ("
                  + FeedbackReads.textsAreShort("")
                  + ")"),
          // So are they in the order of their values, and the records of one token in that of
          // theirs.
          new Index(
              "feedback_value",
              "reputation.feedback (chain, agent_id, reputation.scaled(value, value_decimals),"
                  + " block_number, log_index)"),
          new Index(
              "settled_record_gross",
              "reputation.settled_record (chain, agent_id, token, gross, block_number, log_index,"
                  + " role)"),
          new Index(
              "settled_total_closed",
              "reputation.settled_total (chain, token, tag, closed, agent_id)"),
          new Index(
              "settled_summary_closed",
              "reputation.settled_summary (chain, token, tag, closed, agent_id)"),
          new Index(
              "validation_request_validator",
              "reputation.validation_request (chain, validator, request_hash)"),
          // For whom a validator answered, and whether so last, under tags that are found; others
          // may be megabytes long, more than an index takes.
          new Index(
              "validation_response_found",
              "reputation.validation_response (chain, validator, tag, agent_id, response)"
                  + " include (request_hash, block_number, log_index) where "
                  + CredentialCriteria.hasShortTag("tag")));

  private final Database database;
  private final Caip2ChainId chain;
  private final Supplier<FollowProgress> progress;
  private final Thread thread;

  private LateIndexes(Database database, Caip2ChainId chain, Supplier<FollowProgress> progress) {
    this.database = database;
    this.chain = chain;
    this.progress = progress;
    this.thread = Thread.ofVirtual().name("late-indexes").unstarted(this::run);
  }

  public static LateIndexes start(
      Database database, Caip2ChainId chain, Supplier<FollowProgress> progress) {
    LateIndexes indexes = new LateIndexes(database, chain, progress);
    indexes.thread.start();
    return indexes;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(CLOSE_PATIENCE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!isCaughtUp()) {
        Thread.sleep(PAUSE);
      }
      while (!made()) {
        Thread.sleep(RETRY);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isCaughtUp() {
    return isNear(progress.get()) && isCounted();
  }

  /** Ranges far below a head are read to within the horizon of it, however old it is by then. */
  static boolean isNear(FollowProgress progress) {
    return progress.lag().filter(lag -> lag < FollowSettings.DEFAULT_HORIZON).isPresent();
  }

  private boolean isCounted() {
    try {
      return !database.call(handle -> UncountedStandings.are(handle, chain));
    } catch (DatabaseUnavailableException unknown) {
      return false;
    }
  }

  /** Whatever fails is tried again: without the indexes listings are slow, and nothing else. */
  private boolean made() {
    try {
      return database.call(LateIndexes::makeAlone);
    } catch (SQLException | RuntimeException failed) {
      if (!Thread.currentThread().isInterrupted()) {
        LOG.warn("the indexes for listings are made later: {}", failed.getMessage());
      }
      return false;
    }
  }

  private static boolean makeAlone(Handle handle) throws SQLException {
    // Not waited for: whoever waits in a statement is waited for by what makes an index.
    if (!asked(handle, "select pg_try_advisory_lock(?)", LOCK)) {
      return false;
    }
    try {
      // Over millions of rows it takes minutes, in which the connection is silent.
      handle.getConnection().setNetworkTimeout(Runnable::run, NO_TIMEOUT);
      handle.execute("set statement_timeout = 0");
      INDEXES.forEach(index -> make(handle, index));
      return true;
    } finally {
      // A connection that broke took both along.
      if (!handle.getConnection().isClosed()) {
        handle.execute("reset statement_timeout");
        asked(handle, "select pg_advisory_unlock(?)", LOCK);
      }
    }
  }

  /** While others go on to write, which is why a break leaves an index that is not valid. */
  private static void make(Handle handle, Index index) {
    if (asked(
        handle,
        "select exists (select from pg_index where indexrelid = to_regclass(?) and not indisvalid)",
        "reputation." + index.name())) {
      handle.execute("drop index concurrently if exists reputation." + index.name());
    }
    handle.execute("create index concurrently if not exists " + index.name() + " on " + index.on());
  }

  private static boolean asked(Handle handle, String question, Object about) {
    return handle.createQuery(question).bind(0, about).mapTo(Boolean.class).one();
  }
}
