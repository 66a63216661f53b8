package org.earnest.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseIT {
  @TempDir static Path folder;
  private static StateDirectory state;
  private static EmbeddedPostgres postgres;
  private static Database database;

  @BeforeAll
  static void start() throws Exception {
    state = StateDirectory.open(folder.resolve("state"));
    postgres = PostgresFixture.start(state);
    database = PostgresFixture.open(postgres);
    database.migrate("sample");
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    postgres.close();
    state.close();
  }

  @Test
  void bringsAModulesSchemaUpToDateAsOftenAsAsked() {
    database.migrate("sample");
    database.run(handle -> handle.execute("insert into sample.note values ('m', 'text')"));
    assertThat(count("m")).isEqualTo(1);
  }

  @Test
  void namesAMigrationThatFails() {
    assertThatThrownBy(() -> database.migrate("broken"))
        .isInstanceOfSatisfying(
            StartupException.class,
            refused -> assertThat(refused.code()).isEqualTo("migration_failed"));
    assertThatThrownBy(() -> database.migrate("absent")).isInstanceOf(StartupException.class);
    assertThatThrownBy(() -> database.migrate("bad; drop"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesASchemaThatANewerVersionChanged() {
    database.migrate("idempotency");
    database.run(
        handle ->
            handle.execute(
                "insert into idempotency.flyway_schema_history"
                    + " values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'it', now(), 1, true)"));
    assertThatThrownBy(() -> database.migrate("idempotency"))
        .isInstanceOfSatisfying(
            StartupException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("migration_failed");
              assertThat(refused.remedy()).contains("newer version");
            });
  }

  @Test
  void grantsMoreTimeOnlyWhereItIsAskedFor() {
    String limit = "select current_setting('statement_timeout')";
    database.run(
        handle -> {
          Database.allow(handle, Duration.ofMinutes(3));
          assertThat(handle.createQuery(limit).mapTo(String.class).one()).isEqualTo("3min");
        });
    assertThatThrownBy(
            () ->
                database.run(
                    handle -> {
                      Database.allow(handle, Duration.ofMillis(50));
                      handle.execute("select pg_sleep(60)");
                    }))
        .isInstanceOf(DatabaseUnavailableException.class);
    String after = database.call(handle -> handle.createQuery(limit).mapTo(String.class).one());
    assertThat(after).isEqualTo("20s");
  }

  /** A commit that fails stands for one that was never reached. */
  @Test
  void keepsAMigrationAndItsPlaceInTheHistoryTogether() {
    database.run(handle -> handle.execute("create table public.gate (id integer primary key)"));
    assertThatThrownBy(() -> database.migrate("gated")).isInstanceOf(StartupException.class);
    database.run(handle -> handle.execute("insert into public.gate values (1)"));

    database.migrate("gated");

    int entered =
        database.call(
            h -> h.createQuery("select count(*) from gated.entered").mapTo(Integer.class).one());
    assertThat(entered).isEqualTo(1);
  }

  @Test
  void undoesATransactionWhoseWorkThrows() {
    assertThatThrownBy(
            () ->
                database.run(
                    handle -> {
                      handle.execute("insert into sample.note values ('undone', 'text')");
                      throw new IllegalStateException("after the insert");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(count("undone")).isZero();
  }

  @Test
  void passesAWrongStatementOnAsAFault() {
    assertThatThrownBy(() -> database.call(handle -> handle.execute("select nonsense")))
        .isInstanceOf(JdbiException.class);
    database.run(handle -> handle.execute("insert into sample.note values ('twice', 'a')"));
    assertThatThrownBy(
            () ->
                database.run(
                    handle -> handle.execute("insert into sample.note values ('twice', 'b')")))
        .isInstanceOf(JdbiException.class);
  }

  @Test
  void saysThatAConnectionWasCutAndServesTheNextCall() {
    assertThatThrownBy(
            () ->
                database.call(
                    handle -> handle.execute("select pg_terminate_backend(pg_backend_pid())")))
        .isInstanceOfSatisfying(
            DatabaseUnavailableException.class,
            cut -> assertThat(cut.code()).isEqualTo("database_unavailable"));
    database.ping();
  }

  @Test
  void saysThatATransactionWasEndedForItsIdlenessAndServesTheNextCall() {
    assertThatThrownBy(
            () ->
                database.run(
                    handle -> {
                      handle.execute("set local idle_in_transaction_session_timeout = 1");
                      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                      handle.execute("select 1");
                    }))
        .isInstanceOf(DatabaseUnavailableException.class);
    database.ping();
  }

  @Test
  void saysThatTheServerIsGone() throws Exception {
    try (StateDirectory other = StateDirectory.open(folder.resolve("other"));
        Lifecycle run = new Lifecycle()) {
      EmbeddedPostgres server = run.start(() -> PostgresFixture.start(other));
      Database pool = run.start(() -> PostgresFixture.open(server));
      pool.ping();
      server.close();
      assertThatThrownBy(pool::ping).isInstanceOf(DatabaseUnavailableException.class);
      assertThatThrownBy(() -> pool.migrate("sample"))
          .isInstanceOf(DatabaseUnavailableException.class);
    }
  }

  @Test
  void refusesADatabaseThatWouldLoseCommittedWork() {
    database.run(handle -> handle.execute("alter role earnest set synchronous_commit = off"));
    try {
      assertThatThrownBy(() -> Database.open(postgres.settings(), PostgresFixture.metrics()))
          .isInstanceOfSatisfying(
              StartupException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo("database_not_durable");
                assertThat(refused).hasMessageContaining("synchronous_commit");
              });
    } finally {
      database.run(handle -> handle.execute("alter role earnest reset synchronous_commit"));
    }
  }

  @Test
  void refusesAServerThatIsNotThere() {
    DatabaseSettings nowhere = DatabaseSettings.parse("postgresql://u:s3cret@127.0.0.1:1/x");
    assertThatThrownBy(() -> Database.open(nowhere, PostgresFixture.metrics()))
        .isInstanceOfSatisfying(
            StartupException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("database_unreachable");
              assertThat(refused.remedy()).contains("--database-url");
            })
        .hasMessageNotContaining("s3cret");
  }

  private static int count(String id) {
    return database.call(
        handle ->
            handle
                .createQuery("select count(*) from sample.note where id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .one());
  }
}
