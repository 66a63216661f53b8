package org.earnest.reputation.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** What the tables have in common. */
final class Rows {
  /** The log's place, which every table begins with. */
  static final String REF = "chain, block_number, block_hash, log_index, transaction";

  static final String REF_VALUES = ":chain, :block_number, :block_hash, :log_index, :transaction";

  private Rows() {}

  static Update at(Handle handle, String sql, LogRef ref) {
    return handle
        .createUpdate(sql)
        .bind("chain", ref.block().chain().toString())
        .bind("block_number", ref.block().number())
        .bind("block_hash", ref.block().hash().hex())
        .bind("log_index", ref.logIndex())
        .bind("transaction", ref.transaction().hex());
  }

  static LogRef ref(ResultSet row, Caip2ChainId chain) throws SQLException {
    return new LogRef(
        new BlockRef(chain, row.getLong("block_number"), new Hash32(row.getString("block_hash"))),
        new Hash32(row.getString("transaction")),
        row.getInt("log_index"));
  }

  static BigInteger integer(ResultSet row, String column) throws SQLException {
    return row.getBigDecimal(column).toBigIntegerExact();
  }

  /** The SQL of as much of a stranger's text as is shown. */
  static String shown(String column) {
    return "left(" + column + ", " + ReputationQueries.MAX_TEXT + ")";
  }

  /** A stranger's text; PostgreSQL stores every character but one. */
  static String storable(String text) {
    return text.replace('\u0000', '\ufffd');
  }
}
