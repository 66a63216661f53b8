package org.earnest.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
  @TempDir Path folder;

  private StateDirectory state;

  @BeforeEach
  void open() {
    state = StateDirectory.open(folder.resolve("state with a space"));
  }

  @AfterEach
  void close() throws Exception {
    state.close();
  }

  @Test
  void writesThroughAndListensOnTheLoopbackAddressAlone() throws Exception {
    try (EmbeddedPostgres postgres = PostgresFixture.start(state);
        Database database = PostgresFixture.open(postgres)) {
      assertThat(Durability.settings(database)).isEqualTo(EmbeddedPostgres.DURABLE);
      assertThat(setting(database, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(setting(database, "unix_socket_directories")).isEmpty();
      assertThat(setting(database, "server_version")).startsWith("18.");
      assertThat(setting(database, "data_checksums")).isEqualTo("on");
    }
  }

  @Test
  void letsNobodyInWithoutThePassword() throws Exception {
    try (EmbeddedPostgres postgres = PostgresFixture.start(state)) {
      DatabaseSettings right = postgres.settings();
      assertThat(right.password()).hasSize(64);
      for (String wrong : List.of("", "postgres", "0".repeat(64))) {
        DatabaseSettings settings = new DatabaseSettings(right.jdbcUrl(), right.user(), wrong);
        assertThatThrownBy(() -> Database.open(settings, PostgresFixture.metrics()))
            .isInstanceOfSatisfying(
                StartupException.class,
                refused -> assertThat(refused.code()).isEqualTo("database_unreachable"));
      }
      DatabaseSettings other = new DatabaseSettings(right.jdbcUrl(), "postgres", right.password());
      assertThatThrownBy(() -> Database.open(other, PostgresFixture.metrics()))
          .hasMessageContaining("pg_hba.conf");
    }
    Path home = state.resolve("postgres");
    assertThat(permissions(home)).isEqualTo("rwx------");
    assertThat(permissions(home.resolve("password"))).isEqualTo("rw-------");
  }

  @Test
  void keepsRowsAndThePasswordOverARestart() throws Exception {
    String password;
    try (EmbeddedPostgres postgres = PostgresFixture.start(state);
        Database database = PostgresFixture.open(postgres)) {
      password = postgres.settings().password();
      database.run(handle -> handle.execute("create table t as select 7 as x"));
    }
    try (EmbeddedPostgres postgres = PostgresFixture.start(state);
        Database database = PostgresFixture.open(postgres)) {
      assertThat(postgres.settings().password()).isEqualTo(password);
      assertThat(single(database, "select x::text from t")).isEqualTo("7");
    }
  }

  @Test
  void stopsTheServerThatAKilledRunLeft() throws Exception {
    EmbeddedPostgres left = PostgresFixture.start(state);
    killGuards();
    ProcessHandle orphan = server();
    assertThat(orphan.isAlive()).isTrue();
    try (EmbeddedPostgres postgres = PostgresFixture.start(state);
        Database database = PostgresFixture.open(postgres)) {
      assertThat(single(database, "select 'up'")).isEqualTo("up");
      assertThat(orphan.isAlive()).isFalse();
      assertThat(server()).isNotEqualTo(orphan);
    }
    left.close();
    assertThat(servers()).isEmpty();
  }

  @Test
  void leavesAnotherProgramUnderAReusedNumberAlone() throws Exception {
    PostgresFixture.start(state).close();
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(
          state.resolve("postgres/data/postmaster.pid"), other.pid() + "\n/elsewhere\n");
      PostgresFixture.start(state).close();
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void beginsAnewWhenMakingTheClusterWasInterrupted() throws Exception {
    Path home = state.folder("postgres");
    Files.writeString(
        Files.createDirectory(home.resolve("initialising")).resolve("PG_VERSION"), "18");
    try (EmbeddedPostgres postgres = PostgresFixture.start(state);
        Database database = PostgresFixture.open(postgres)) {
      assertThat(single(database, "select 'up'")).isEqualTo("up");
    }
    assertThat(home.resolve("initialising")).doesNotExist();
  }

  @Test
  void namesTheFaultOfDamagedFiles() throws Exception {
    PostgresFixture.start(state).close();
    Path version = state.resolve("postgres/data/PG_VERSION");
    Files.writeString(version, "12\n");
    assertRefused("database_version", "another PostgreSQL version");
    Files.writeString(version, "18\n");
    Files.delete(state.resolve("postgres/data/global/pg_control"));
    assertRefused("child_failed", "pg_control");
    Files.delete(state.resolve("postgres/password"));
    assertRefused("database_state_damaged", "password");
    assertThat(servers()).isEmpty();
  }

  private void assertRefused(String code, String words) {
    assertThatThrownBy(() -> PostgresFixture.start(state))
        .isInstanceOfSatisfying(
            StartupException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused).hasMessageContaining(words);
            });
  }

  /** What kill -9 does to the run's guard, so that the server is truly left. */
  private void killGuards() {
    ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("sh"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private ProcessHandle server() throws Exception {
    Path pidFile = state.resolve("postgres/data/postmaster.pid");
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst())).orElseThrow();
  }

  private List<ProcessHandle> servers() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> isServer(process.info().commandLine().orElse(""))).toList();
    }
  }

  private boolean isServer(String commandLine) {
    return commandLine.contains("/bin/postgres -D " + state.path())
        && !commandLine.contains("sh -c");
  }

  private static String setting(Database database, String name) {
    return single(database, "select current_setting('" + name + "')");
  }

  private static String single(Database database, String sql) {
    return database.call(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
