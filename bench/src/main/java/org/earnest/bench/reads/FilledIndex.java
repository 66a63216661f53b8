package org.earnest.bench.reads;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.earnest.bench.logs.SyntheticChain;
import org.earnest.kit.postgres.DatabaseSettings;

/** Fills a migrated schema in bulk: without triggers and indexes, which come back afterwards. */
final class FilledIndex {
  private static final String TABLES =
      "select oid::regclass::text from pg_class where relnamespace in"
          + " ('reputation'::regnamespace, 'reputation_file'::regnamespace)"
          + " and relkind = 'r' and relname <> 'flyway_schema_history' order by relname";
  private static final String CONSTRAINTS =
      "select format('alter table %s drop constraint %I', conrelid::regclass, conname),"
          + " format('alter table %s add constraint %I %s', conrelid::regclass, conname,"
          + " pg_get_constraintdef(oid)), conrelid::regclass::text from pg_constraint"
          + " where connamespace in ('reputation'::regnamespace, 'reputation_file'::regnamespace)"
          + " and contype = 'p' and conrelid::regclass::text not like '%flyway%'";
  private static final String INDEXES =
      "select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid),"
          + " indrelid::regclass::text from pg_index where indrelid in (select oid from pg_class"
          + " where relnamespace in ('reputation'::regnamespace, 'reputation_file'::regnamespace)"
          + " and relname not like 'flyway%') and not indisprimary";

  /** What is added up from the rows; an index on it is cheaper made than kept. */
  private static final Set<String> ADDED_UP =
      Set.of(
          "reputation.feedback_standing",
          "reputation.feedback_count",
          "reputation.agent_activity",
          "reputation.settled_summary",
          "reputation.settled_total",
          "reputation_file.registration_file",
          "reputation_file.agent_word",
          "reputation_file.feedback_file");

  private final ReadPlan plan;
  private final Consumer<String> say;

  FilledIndex(ReadPlan plan, Consumer<String> say) {
    this.plan = plan;
    this.say = say;
  }

  private record Part(String drop, String create, String table) {
    boolean isAddedUp() {
      return ADDED_UP.contains(table);
    }
  }

  /** Fills it, and says what the triggers would have made differently of a sample; nothing. */
  List<String> fill(DatabaseSettings settings) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
        Statement sql = connection.createStatement()) {
      sql.execute("set maintenance_work_mem = '1GB'");
      sql.execute("set work_mem = '256MB'");
      // Else the server writes whole pages again and again, a checkpoint a gigabyte.
      sql.execute("alter system set max_wal_size = '16GB'");
      sql.execute("select pg_reload_conf()");
      try {
        fill(sql);
      } finally {
        sql.execute("alter system reset max_wal_size");
        sql.execute("select pg_reload_conf()");
      }
      List<String> differences = compared(connection, sql);
      // What was rolled back has left pages of which an index does not know that all may see them.
      step(sql, "vacuum");
      return differences;
    }
  }

  private void fill(Statement sql) throws SQLException {
    script(sql, "functions.sql");
    List<String> tables = strings(sql, TABLES);
    List<Part> parts = new ArrayList<>(parts(sql, INDEXES));
    parts.addAll(parts(sql, CONSTRAINTS));
    each(sql, parts.stream().map(Part::drop).toList());
    triggers(sql, tables, "disable");
    script(sql, "fill.sql");
    List<Part> last = parts.reversed();
    each(sql, last.stream().filter(part -> !part.isAddedUp()).map(Part::create).toList());
    // What standings are added up from is looked up by now.
    step(sql, "vacuum analyze");
    script(sql, "standings.sql");
    script(sql, "files.sql");
    each(sql, last.stream().filter(Part::isAddedUp).map(Part::create).toList());
    triggers(sql, tables, "enable");
    step(sql, "vacuum analyze");
    step(sql, "checkpoint");
  }

  /** Rolled back. */
  private List<String> compared(Connection connection, Statement sql) throws SQLException {
    connection.setAutoCommit(false);
    script(sql, "compare.sql");
    List<String> differences = new ArrayList<>();
    differences.addAll(
        difference(
            sql,
            "standing_before",
            "select chain, agent_id, tag, entries, total from reputation.feedback_standing"
                + " join sample using (agent_id)"));
    differences.addAll(
        difference(
            sql,
            "count_before",
            "select * from reputation.feedback_count join sample using (agent_id)"));
    differences.addAll(
        difference(
            sql,
            "activity_before",
            "select * from reputation.agent_activity join sample using (agent_id)"));
    differences.addAll(
        difference(
            sql,
            "total_before",
            "select * from reputation.settled_total join sample using (agent_id)"));
    connection.rollback();
    connection.setAutoCommit(true);
    return differences;
  }

  private static List<String> difference(Statement sql, String before, String now)
      throws SQLException {
    return strings(
        sql,
        "select '%s: ' || it::text from ((table %s except %s) union all (%s except table %s)) it"
            .formatted(before, before, now, now, before));
  }

  private static void triggers(Statement sql, List<String> tables, String verb)
      throws SQLException {
    for (String table : tables) {
      sql.execute("alter table " + table + " " + verb + " trigger user");
    }
  }

  private void script(Statement sql, String name) throws SQLException {
    each(sql, statements(name));
  }

  private void each(Statement sql, List<String> statements) throws SQLException {
    for (String statement : statements) {
      step(sql, statement);
    }
  }

  private void step(Statement sql, String statement) throws SQLException {
    long begun = System.nanoTime();
    sql.execute(statement);
    long seconds = (System.nanoTime() - begun) / 1_000_000_000;
    if (seconds > 0) {
      say.accept("%4d s  %s".formatted(seconds, statement.lines().findFirst().orElse("")));
    }
  }

  private List<String> statements(String name) {
    try (InputStream script = FilledIndex.class.getResourceAsStream(name)) {
      String text =
          new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8)
              .replaceAll("(?m)^--.*$", "")
              .replace("${agents}", Long.toString(plan.agents()))
              .replace("${feedbacks}", Long.toString(plan.feedbacks()))
              .replace("${head}", Long.toString(plan.head()))
              .replace("${chain}", SyntheticChain.ID.toString())
              .replace("${registry}", ReadBench.REGISTRY.toString());
      return Arrays.stream(text.split(";\\s*\n"))
          .map(String::strip)
          .filter(statement -> !statement.isEmpty())
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> strings(Statement sql, String question) throws SQLException {
    List<String> all = new ArrayList<>();
    try (ResultSet rows = sql.executeQuery(question)) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }

  private static List<Part> parts(Statement sql, String question) throws SQLException {
    List<Part> all = new ArrayList<>();
    try (ResultSet rows = sql.executeQuery(question)) {
      while (rows.next()) {
        all.add(new Part(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
    }
    return all;
  }
}
