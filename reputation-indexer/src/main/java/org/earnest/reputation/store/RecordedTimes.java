package org.earnest.reputation.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.jdbi.v3.core.Handle;

/** When recorded blocks were made, in seconds since 1970, as far as anybody told it. */
public final class RecordedTimes {
  private static final String OF_BLOCKS =
      "select hash, time from reputation.followed_block"
          + " where chain = ? and number = any(?) and time is not null";

  private static final String UNTOLD =
      "select number, hash from reputation.followed_block"
          + " where chain = ? and number < ? and time is null order by number desc limit ?";

  /** Waits for nobody: a block that is being undone needs no time. */
  private static final String LEARN =
      "update reputation.followed_block block set time = told.time"
          + " from (select free.chain, free.number, told.time from reputation.followed_block free"
          + " join unnest(?::bigint[], ?::text[], ?::bigint[]) told (number, hash, time)"
          + " on told.number = free.number and told.hash = free.hash"
          + " where free.chain = ? for update of free skip locked) told"
          + " where block.chain = told.chain and block.number = told.number";

  private RecordedTimes() {}

  /** By their hashes; none of a block that is not recorded. */
  public static Map<Hash32, Long> of(
      Handle handle, Caip2ChainId chain, Collection<BlockRef> blocks) {
    Map<Hash32, Long> times = new HashMap<>();
    handle
        .createQuery(OF_BLOCKS)
        .bind(0, chain.toString())
        .bind(1, blocks.stream().map(BlockRef::number).toArray(Long[]::new))
        .map((row, context) -> Map.entry(new Hash32(row.getString(1)), row.getLong(2)))
        .forEach(time -> times.put(time.getKey(), time.getValue()));
    return times;
  }

  /**
   * Recorded blocks whose times nobody told, the newest first.
   *
   * @param below an exclusive bound of the height
   */
  public static List<BlockRef> untold(Handle handle, Caip2ChainId chain, long below, int limit) {
    return handle
        .createQuery(UNTOLD)
        .bind(0, chain.toString())
        .bind(1, below)
        .bind(2, limit)
        .map((row, context) -> new BlockRef(chain, row.getLong(1), new Hash32(row.getString(2))))
        .list();
  }

  /** Writes down times of blocks, as far as these are still recorded. */
  public static void learn(Handle handle, Caip2ChainId chain, Map<BlockRef, Long> times) {
    List<BlockRef> blocks = List.copyOf(times.keySet());
    handle.execute(
        LEARN,
        blocks.stream().map(BlockRef::number).toArray(Long[]::new),
        blocks.stream().map(block -> block.hash().hex()).toArray(String[]::new),
        blocks.stream().map(times::get).toArray(Long[]::new),
        chain.toString());
  }

  /**
   * In SQL, the time of the block of a log.
   *
   * @param row an alias of a table whose rows name their logs
   */
  static String ofLog(String row) {
    return "(select block.time from reputation.followed_block block where block.chain = "
        + row
        + ".chain and block.number = "
        + row
        + ".block_number)";
  }

  public static OptionalLong of(ResultSet row, String column) throws SQLException {
    long time = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(time);
  }
}
