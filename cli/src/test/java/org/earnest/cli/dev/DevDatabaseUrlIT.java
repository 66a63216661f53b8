package org.earnest.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.state.FileTree;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code dev} beside somebody else's PostgreSQL. */
class DevDatabaseUrlIT {
  private static final String PASSWORD = "secret-word";

  @TempDir Path folder;
  private DevHome home;
  private StateDirectory theirs;
  private EmbeddedPostgres server;
  private String url;

  @BeforeEach
  void startServer() throws IOException {
    home = DevHome.in(folder);
    theirs = StateDirectory.open(folder.resolve("theirs"));
    server = EmbeddedPostgres.start(theirs, home.programs());
    DatabaseSettings settings = server.settings();
    url =
        settings.jdbcUrl()
            + (settings.jdbcUrl().contains("?") ? "&" : "?")
            + "user="
            + settings.user()
            + "&password="
            + settings.password();
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
    theirs.close();
    home.close();
  }

  @Test
  void freshDropsOurSchemasThereAndNothingElse() throws Exception {
    execute("create table public.theirs (id text)");
    try (EarnestProcess dev = home.dev("--database-url", url)) {
      RunningHouse.of(dev).register(1);
      assertThat(home.state().resolve("postgres")).doesNotExist();
    }
    FileTree.delete(home.state().resolve("chain"));
    try (EarnestProcess dev = home.dev("--database-url", url)) {
      JsonNode refusal = dev.json();
      assertThat(refusal.path("code").asString()).isEqualTo("chain_replaced");
      assertThat(refusal.path("fix").asString()).contains("--fresh");
    }
    try (EarnestProcess dev = home.dev("--database-url", url, "--fresh")) {
      RunningHouse.of(dev).register(1);
    }
    execute("insert into public.theirs values ('still there')");
  }

  @Test
  void aNewerVersionsDatabaseIsRefused() throws Exception {
    try (EarnestProcess dev = home.dev("--database-url", url)) {
      RunningHouse.of(dev);
    }
    execute(
        "insert into host.flyway_schema_history select 99, '99', 'later', 'SQL', 'V99__later.sql',"
            + " 1, installed_by, now(), 1, true from host.flyway_schema_history limit 1");
    try (EarnestProcess dev = home.dev("--database-url", url)) {
      JsonNode refusal = dev.json();
      assertThat(refusal.path("code").asString()).isEqualTo("migration_failed");
      assertThat(dev.awaitEnd()).isEqualTo(1);
    }
    assertThat(Leftovers.of(home.state())).isEmpty();
  }

  @Test
  void aWrongPasswordIsRefusedAndNotRepeated() throws Exception {
    String wrong =
        server.settings().jdbcUrl().replace("jdbc:", "").replace("//", "//me:" + PASSWORD + "@");
    assertRefused(wrong, "database_unreachable");
  }

  @Test
  void aServerThatIsNotThereIsRefused() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertRefused(
        "postgresql://me:" + PASSWORD + "@127.0.0.1:" + port + "/none", "database_unreachable");
    assertRefused("mysql://me:" + PASSWORD + "@127.0.0.1/none", "database_url");
  }

  private void assertRefused(String wrongUrl, String code) throws Exception {
    for (List<String> more : List.of(List.<String>of(), List.of("--fresh"))) {
      List<String> arguments = new ArrayList<>(List.of("--database-url", wrongUrl));
      arguments.addAll(more);
      try (EarnestProcess dev = home.dev(arguments.toArray(String[]::new))) {
        JsonNode refusal = dev.json();
        assertThat(refusal.path("code").asString()).isEqualTo(code);
        assertThat(refusal.path("fix").asString()).isNotBlank();
        assertThat(dev.awaitEnd()).isEqualTo(1);
        assertThat(refusal + dev.err()).doesNotContain(PASSWORD);
      }
    }
    assertThat(Leftovers.of(home.state())).isEmpty();
  }

  private void execute(String sql) {
    try (Database database = Database.open(server.settings(), new SimpleMeterRegistry())) {
      database.run(handle -> handle.execute(sql));
    }
  }
}
