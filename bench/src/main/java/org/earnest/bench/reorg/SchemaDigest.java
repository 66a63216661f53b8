package org.earnest.bench.reorg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.earnest.kit.postgres.Database;
import org.earnest.reputation.store.ReputationStore;

/** Two databases' schemas row by row: every table that there is, but for those named here. */
final class SchemaDigest {
  static final String HISTORY = "flyway_schema_history";

  /** What may differ, and why. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          HISTORY,
          "when migrations ran",
          "followed_block",
          "which blocks are recorded hangs on where ranges ended; see ChainWitness",
          "undone_block",
          "what happened to this database; nothing ever happened to a rebuild");

  /** Columns that may differ: how often an index went back is what happened to it, too. */
  private static final Map<String, String> LEFT_OUT_COLUMNS = Map.of("followed_chain", "rewinds");

  private static final int EXAMPLES = 3;
  private static final int MAX_EXAMPLE = 300;

  /**
   * What a comparison found.
   *
   * @param rows of the rebuild
   * @param differences a sentence for each table that differs
   */
  record Comparison(long rows, List<String> differences) {}

  private SchemaDigest() {}

  /** Every table of the schema, those that are left out with the rest. */
  static List<String> tables(Database database) {
    return database.call(
        handle ->
            handle
                .createQuery(
                    "select table_name from information_schema.tables"
                        + " where table_schema = :schema and table_type = 'BASE TABLE'"
                        + " order by table_name")
                .bind("schema", ReputationStore.SCHEMA)
                .mapTo(String.class)
                .list());
  }

  static Comparison compare(Database index, Database rebuild) {
    List<String> differences = new ArrayList<>();
    List<String> tables = tables(index);
    if (!tables.equals(tables(rebuild))) {
      differences.add("the schemas have different tables");
    }
    long compared = 0;
    for (String table : tables) {
      if (!LEFT_OUT.containsKey(table)) {
        compared += count(rebuild, table);
        if (!digest(index, table).equals(digest(rebuild, table))) {
          differences.add(difference(table, rows(index, table), rows(rebuild, table)));
        }
      }
    }
    return new Comparison(compared, differences);
  }

  private static String difference(String table, List<String> ours, List<String> fresh) {
    NavigableSet<String> surplus = new TreeSet<>(ours);
    fresh.forEach(surplus::remove);
    NavigableSet<String> missing = new TreeSet<>(fresh);
    ours.forEach(missing::remove);
    return "%s: %d rows where a rebuild has %d; %d that it has not: %s; %d missing: %s"
        .formatted(
            table,
            ours.size(),
            fresh.size(),
            surplus.size(),
            examples(surplus),
            missing.size(),
            examples(missing));
  }

  private static String examples(NavigableSet<String> rows) {
    return rows.stream()
        .limit(EXAMPLES)
        .map(row -> row.substring(0, Math.min(row.length(), MAX_EXAMPLE)))
        .collect(Collectors.joining(" "));
  }

  private static long count(Database database, String table) {
    return Long.parseLong(
        one(database, "select count(*) from " + ReputationStore.SCHEMA + "." + table));
  }

  private static String digest(Database database, String table) {
    return one(
        database,
        "select coalesce(md5(string_agg(line, chr(10) order by line collate \"C\")), '')"
            + " from (select "
            + line(table)
            + " as line from "
            + ReputationStore.SCHEMA
            + "."
            + table
            + " it) lines");
  }

  private static String line(String table) {
    String column = LEFT_OUT_COLUMNS.get(table);
    return column == null ? "it::text" : "(to_jsonb(it) - '" + column + "')::text";
  }

  private static String one(Database database, String question) {
    return database.call(handle -> handle.createQuery(question).mapTo(String.class).one());
  }

  private static List<String> rows(Database database, String table) {
    String question =
        "select "
            + line(table)
            + " from "
            + ReputationStore.SCHEMA
            + "."
            + table
            + " it order by 1";
    return database.call(handle -> handle.createQuery(question).mapTo(String.class).list());
  }
}
