package org.earnest.reputation.store;

import java.util.Optional;
import java.util.function.Function;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.kit.follow.FollowLedger;
import org.earnest.kit.postgres.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Reads that see the rows and the cursor of one instant. */
public final class Snapshots {
  /**
   * An agent may have one entry or ten thousand, a word be in one file or in all: a plan that is
   * good for whatever was asked before is none for what is asked now.
   */
  private static final String PLAN_FOR_WHAT_IS_ASKED =
      "select set_config('plan_cache_mode', 'force_custom_plan', true),"
          // Nothing here runs so long that compiling it or dividing it among processes pays.
          + " set_config('jit', 'off', true),"
          + " set_config('max_parallel_workers_per_gather', '0', true),"
          // A page is a few steps along an index, however many rows two of them have in common.
          + " set_config('enable_mergejoin', 'off', true)";

  private final Database database;
  private final Caip2ChainId chain;
  private final FollowLedger ledger;

  public Snapshots(Database database, Caip2ChainId chain) {
    this.database = database;
    this.chain = chain;
    this.ledger = new FollowLedger(chain, ReputationStore.SCHEMA);
  }

  interface Reading<T> {
    T from(Handle handle);
  }

  /** Work on the rows of one instant, with the block that they hold for. */
  public interface ReadingAt<T> {
    Read<T> from(Handle handle, BlockRef at);
  }

  /** Reads what is there whatever was asked. */
  <T> Read<T> read(Optional<BlockRef> begunAt, Reading<T> reading) {
    return readAt(begunAt, (handle, at) -> new Read.Found<>(at, reading.from(handle)));
  }

  /**
   * Reads, unless nothing is in or what was begun at has been undone.
   *
   * @param begunAt the block of the answer that this one goes on from
   */
  public <T> Read<T> readAt(Optional<BlockRef> begunAt, ReadingAt<T> reading) {
    return database.call(
        connection ->
            connection.inTransaction(
                TransactionIsolationLevel.REPEATABLE_READ,
                handle -> {
                  handle.execute(PLAN_FOR_WHAT_IS_ASKED);
                  Optional<BlockRef> at = at(handle);
                  if (at.isEmpty()) {
                    return new Read.NotBegun<>();
                  }
                  return begunAt.isPresent() && !standsOn(handle, begunAt.get())
                      ? new Read.Undone<>(begunAt.get())
                      : reading.from(handle, at.get());
                }));
  }

  /** What was read together with the cursor; empty before the first block is in. */
  <T> Optional<T> together(Function<Handle, Function<BlockRef, T>> reading) {
    return database.call(
        connection ->
            connection.inTransaction(
                TransactionIsolationLevel.REPEATABLE_READ,
                handle -> {
                  handle.execute(PLAN_FOR_WHAT_IS_ASKED);
                  return at(handle).map(reading.apply(handle));
                }));
  }

  /** Empty, too, while the chain is read for the first time and its standings are not counted. */
  private Optional<BlockRef> at(Handle handle) {
    return ledger.cursor(handle).filter(cursor -> !UncountedStandings.are(handle, chain));
  }

  /** Whether a block is one of those that the rows were read from. */
  boolean standsOn(Handle handle, BlockRef block) {
    return handle
        .createQuery(
            "select exists (select from reputation.followed_block"
                + " where chain = ? and number = ? and hash = ?)")
        .bind(0, chain.toString())
        .bind(1, block.number())
        .bind(2, block.hash().hex())
        .mapTo(Boolean.class)
        .one();
  }
}
