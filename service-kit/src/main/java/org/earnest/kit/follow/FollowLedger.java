package org.earnest.kit.follow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Database;
import org.jdbi.v3.core.Handle;

/**
 * Cursor and recorded blocks, to be used inside the transaction that writes the rows themselves. A
 * service's migrations create, in the service's schema: {@code followed_chain(chain text primary
 * key, genesis_hash text, cursor_number bigint, cursor_hash text)} and {@code followed_block(chain
 * text, number bigint, hash text, time bigint, primary key (chain, number))}; a time is null until
 * it is told.
 */
public final class FollowLedger {
  /** For each statement about a large block's logs, which go in together or not at all. */
  static final Duration BLOCK_PATIENCE = Duration.ofMinutes(10);

  /** Logs of a single block up to which a statement has the time of any other. */
  static final int LARGE_BLOCK = 1_000;

  private final Caip2ChainId chain;
  private final String chains;
  private final String blocks;

  /**
   * A ledger.
   *
   * @param schema the service's schema; a constant of the program, never input
   */
  public FollowLedger(Caip2ChainId chain, String schema) {
    this.chain = chain;
    this.chains = schema + ".followed_chain";
    this.blocks = schema + ".followed_block";
  }

  public Optional<Hash32> genesis(Handle handle) {
    return handle
        .createQuery("select genesis_hash from " + chains + " where chain = ?")
        .bind(0, chain.toString())
        .map((row, context) -> new Hash32(row.getString(1)))
        .findOne();
  }

  public Optional<BlockRef> cursor(Handle handle) {
    return handle
        .createQuery("select cursor_number, cursor_hash from " + chains + " where chain = ?")
        .bind(0, chain.toString())
        .map((row, context) -> new BlockRef(chain, row.getLong(1), new Hash32(row.getString(2))))
        .findOne();
  }

  public List<BlockRef> recorded(Handle handle, long below, int limit) {
    return handle
        .createQuery(
            "select number, hash from "
                + blocks
                + " where chain = ? and number < ? order by number desc limit ?")
        .bind(0, chain.toString())
        .bind(1, below)
        .bind(2, limit)
        .map((row, context) -> new BlockRef(chain, row.getLong(1), new Hash32(row.getString(2))))
        .list();
  }

  public void begin(Handle handle, Hash32 genesis, BlockRef base) {
    handle.execute(
        "insert into "
            + chains
            + " (chain, genesis_hash, cursor_number, cursor_hash)"
            + " values (?, ?, ?, ?)",
        chain.toString(),
        genesis.hex(),
        base.number(),
        base.hash().hex());
    RecordedBlocks.of(List.of(), TimedBlock.untold(base)).insert(handle, chain, blocks);
  }

  /**
   * Moves the cursor and records the blocks of the logs, and allows the rest of the transaction
   * minutes where they are a single large block's, which go in together or not at all; refuses when
   * it stands elsewhere.
   */
  public void advance(Handle handle, BlockRef from, TimedBlock to, List<ChainLog> logs) {
    if (logs.size() > LARGE_BLOCK && isOneBlock(logs)) {
      Database.allow(handle, BLOCK_PATIENCE);
    }
    move(handle, from, to.block());
    RecordedBlocks.of(logs, to).insert(handle, chain, blocks);
  }

  /** Of which nothing can be put off. */
  private static boolean isOneBlock(List<ChainLog> logs) {
    return logs.stream().map(log -> log.ref().block()).distinct().limit(2).count() == 1;
  }

  /** Moves the cursor back to a recorded block and forgets the blocks above it. */
  public void rewind(Handle handle, BlockRef to) {
    BlockRef from =
        cursor(handle).orElseThrow(() -> new IllegalStateException("nothing is followed"));
    move(handle, from, to);
    handle.execute(
        "delete from " + blocks + " where chain = ? and number > ?", chain.toString(), to.number());
  }

  private void move(Handle handle, BlockRef from, BlockRef to) {
    int moved =
        handle.execute(
            "update "
                + chains
                + " set cursor_number = ?, cursor_hash = ?"
                + " where chain = ? and cursor_number = ? and cursor_hash = ?",
            to.number(),
            to.hash().hex(),
            chain.toString(),
            from.number(),
            from.hash().hex());
    if (moved != 1) {
      throw FollowHaltedException.elsewhere();
    }
  }
}
