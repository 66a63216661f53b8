package org.earnest.reputation.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.earnest.core.chain.LogRef;
import org.earnest.kit.postgres.CopyRows;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table, which go in together however many they are. What is there already stays as it
 * is.
 */
final class RowBatch {
  /** So many rows are worth a COPY and the savepoint before it. */
  static final int BULK = 100;

  private static final List<Column> REF =
      List.of(
          new Column("chain", "text"),
          new Column("block_number", "bigint"),
          new Column("block_hash", "text"),
          new Column("log_index", "integer"),
          new Column("transaction", "text"));

  private final String table;
  private final List<Column> columns;
  private final List<List<@Nullable String>> values;

  /** A column, and the type that its text is read as. */
  record Column(String name, String type) {}

  /**
   * An empty one.
   *
   * @param others beside those of the log's place, in the order of their values
   */
  RowBatch(String table, Column... others) {
    this.table = table;
    this.columns = Stream.concat(REF.stream(), Stream.of(others)).toList();
    this.values =
        columns.stream().<List<@Nullable String>>map(column -> new ArrayList<>()).toList();
  }

  void add(LogRef ref, @Nullable Object... others) {
    if (REF.size() + others.length != columns.size()) {
      throw new IllegalArgumentException(table + " has another number of columns");
    }
    put(0, ref.block().chain());
    put(1, ref.block().number());
    put(2, ref.block().hash());
    put(3, ref.logIndex());
    put(4, ref.transaction());
    for (int i = 0; i < others.length; i++) {
      put(REF.size() + i, others[i]);
    }
  }

  private void put(int column, @Nullable Object value) {
    values.get(column).add(value == null ? null : value.toString());
  }

  /** Inside the caller's transaction. */
  void insert(Handle handle) {
    int rows = values.getFirst().size();
    // COPY takes no row whose key is there: hardly ever, but a contract may log a feedback twice.
    if (rows > 0 && (rows < BULK || !copied(handle, rows))) {
      insertMissing(handle);
    }
  }

  private boolean copied(Handle handle, int rows) {
    return CopyRows.into(handle, table, names(), copy -> write(copy, rows));
  }

  private void write(CopyRows copy, int rows) {
    for (int row = 0; row < rows; row++) {
      for (List<@Nullable String> column : values) {
        copy.add(column.get(row));
      }
      copy.endRow();
    }
  }

  private void insertMissing(Handle handle) {
    String arrays =
        columns.stream()
            .map(column -> "?::" + column.type() + "[]")
            .collect(Collectors.joining(", "));
    Object[] parameters =
        IntStream.range(0, columns.size())
            .mapToObj(i -> values.get(i).toArray(String[]::new))
            .toArray();
    handle.execute(
        "insert into %s (%s) select * from unnest(%s) on conflict do nothing"
            .formatted(table, String.join(", ", names()), arrays),
        parameters);
  }

  private List<String> names() {
    return columns.stream().map(Column::name).toList();
  }
}
