package org.earnest.reputation.graph;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Hash32;
import org.jspecify.annotations.Nullable;

/** Makes rows of an entity out of a result. */
record RowMapping(Entity entity, Ids ids, Budget budget) {
  Row row(ResultSet row) throws SQLException {
    budget.takeRow();
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("chainId", ids.chain().reference());
    for (Column column : entity.columns()) {
      values.put(column.field(), value(row, column));
    }
    return new Row(values, budget);
  }

  private @Nullable Object value(ResultSet row, Column column) throws SQLException {
    String field = column.field();
    return switch (column.kind()) {
      case AGENT_ID -> agent(row, field);
      case FEEDBACK_ID -> feedback(row, field);
      case RESPONSE_ID ->
          feedback(row, field) + ":" + row.getString(field + 3) + ":" + row.getInt(field + 4);
      case METADATA_ID -> agent(row, field) + ":" + budget.taken(row.getString(field + 1));
      case STRING, BYTES, HASH_ID, VALIDATION_STATUS -> budget.taken(row.getString(field));
      case BOOLEAN -> truth(row, field);
      case SMALL -> small(row, field);
      case INTEGER, DECIMAL -> plain(row.getBigDecimal(field));
      case TEXTS -> texts(row.getArray(field));
      case TIME -> block(row, field);
    };
  }

  private @Nullable String agent(ResultSet row, String field) throws SQLException {
    BigDecimal id = row.getBigDecimal(field);
    return id == null ? null : ids.agent(id.toBigIntegerExact());
  }

  private String feedback(ResultSet row, String field) throws SQLException {
    return ids.feedback(
        new Ids.FeedbackKey(
            row.getBigDecimal(field).toBigIntegerExact(),
            row.getString(field + 1),
            row.getLong(field + 2)));
  }

  private static @Nullable Boolean truth(ResultSet row, String field) throws SQLException {
    boolean value = row.getBoolean(field);
    return row.wasNull() ? null : value;
  }

  private static @Nullable Integer small(ResultSet row, String field) throws SQLException {
    int value = row.getInt(field);
    return row.wasNull() ? null : value;
  }

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null
        ? null
        : number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private List<String> texts(@Nullable Array array) throws SQLException {
    List<String> texts = array == null ? List.of() : List.of((String[]) array.getArray());
    texts.forEach(budget::taken);
    return texts;
  }

  private @Nullable BlockRef block(ResultSet row, String field) throws SQLException {
    String hash = row.getString(field + "Hash");
    return hash == null ? null : new BlockRef(ids.chain(), row.getLong(field), new Hash32(hash));
  }
}
