package org.earnest.reputation.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.reputation.store.ReputationStore;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose files are looked at next while somebody has thousands due. */
class DueFilesIT {
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
  private static final int BATCH = DueFiles.BATCH;
  private static final int DOMAINS = 6;
  private static final int MANY = 5_000;
  private static final int FEW_ROWS = 200;

  private static final Lifecycle LIFECYCLE = new Lifecycle();
  private static Database database;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    StateDirectory state = LIFECYCLE.start(() -> StateDirectory.open(folder.resolve("state")));
    Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
    EmbeddedPostgres postgres = LIFECYCLE.start(() -> EmbeddedPostgres.start(state, binaries));
    database = LIFECYCLE.start(() -> Database.open(postgres.settings(), new SimpleMeterRegistry()));
    database.migrate(ReputationStore.SCHEMA);
    database.migrate(ReferencedFiles.SCHEMA);
  }

  @AfterAll
  static void stop() {
    LIFECYCLE.close();
  }

  @BeforeEach
  void empty() {
    sql("truncate reputation_file.registration_file, reputation_file.feedback_file");
  }

  @Test
  void manyNamesOfOneDomainAreOneHost() {
    assertThat(
            hosts(
                "https://a.evil.example/x",
                "http://b.c.EVIL.example:81?q",
                "https://u:p@evil.example."))
        .containsOnly("evil.example");
    assertThat(hosts("https://10.11.12.13:8443/card", "http://10.11.12.13"))
        .containsOnly("10.11.12.13");
    assertThat(hosts("https://[2001:db8::1]:8443/card")).containsExactly("[2001:db8::1]");
    assertThat(hosts("https://localhost/card")).containsExactly("localhost");
    assertThat(hosts("ipfs://bafy/card", "IPFS://bafy")).containsOnly(Looks.GATEWAY);
    assertThat(hosts("data:,{}", "DATA:,{}", "", "nonsense", "https:///card")).containsOnly("");
    assertThat(hosts("https://" + "u".repeat(1_000) + "@evil.example/"))
        .containsExactly("evil.example");
    assertThat(hosts("https://" + "\uD83D\uDE00".repeat(900)).getFirst()).hasSizeLessThan(600);
  }

  @Test
  void filesOfAnOlderSchemaHaveTheirHostsToo() throws Exception {
    database.run(
        handle -> {
          handle.begin();
          try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute("create schema older; set local search_path to older");
            statement.execute(migration("V1__files.sql"));
            statement.execute(
                "insert into registration_file (chain, uri_digest, uri)"
                    + " values ('eip155:1', sha256('it'), 'https://a.evil.example:81/')");
            statement.execute(migration("V2__hosts_and_looks.sql"));
          }
          assertThat(
                  handle
                      .createQuery("select host from registration_file")
                      .mapTo(String.class)
                      .list())
              .containsExactly("evil.example");
          handle.rollback();
        });
  }

  private static String migration(String file) throws IOException {
    try (InputStream text =
        DueFilesIT.class.getResourceAsStream("/db/migration/reputation_file/" + file)) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whoeverHasThousandsDueTakesNoOthersTurns() {
    for (int domain = 0; domain < DOMAINS; domain++) {
      cards("'https://h' || n || '.evil%d.example/'".formatted(domain), MANY, "-infinity");
    }
    cards("'https://honest' || n || '.example/'", 3, "-infinity");
    cards("'https://late.example/' || n", 5, NOW.toString());

    Map<String, Long> due = due(List.of());

    assertThat(due).hasSize(DOMAINS + 4).containsEntry("honest2.example", 1L);
    assertThat(due).containsEntry("late.example", (long) Looks.PER_HOST);
    assertThat(due.values()).allMatch(files -> files <= Looks.PER_HOST);
    assertThat(due(List.of("evil0.example")))
        .hasSize(DOMAINS + 3)
        .doesNotContainKey("evil0.example");
  }

  @Test
  void whatNobodyLookedAtComesBeforeWhatFailed() {
    cards("'https://failed' || n || '.example/'", 2 * BATCH, NOW.minusSeconds(3_600).toString());
    cards("'https://new' || n || '.example/'", BATCH, "-infinity");

    assertThat(due(List.of()))
        .hasSize(BATCH)
        .allSatisfy((host, files) -> assertThat(host).startsWith("new"));
  }

  @Test
  void filesThatAreCarriedAlongAndTheGatewaysAreBoundByNoHost() {
    cards("'data:,' || n", BATCH - Looks.OF_GATEWAY, "-infinity");
    cards("'ipfs://bafy' || n", BATCH, NOW.toString());

    assertThat(due(List.of()))
        .containsEntry("", (long) BATCH - Looks.OF_GATEWAY)
        .containsEntry(Looks.GATEWAY, (long) Looks.OF_GATEWAY);
  }

  @Test
  void feedbackFilesWaitInTheSameWay() {
    sql(
        """
        insert into reputation_file.feedback_file (chain, block_number, block_hash, log_index,
            agent_id, client, uri, expected_hash)
          select '%1$s', n, '0x' || lpad(to_hex(n), 64, '0'), 0, 1, '0x' || repeat('c1', 20),
            'https://h' || n || case when n = %2$d then '.honest' else '.evil' end || '.example/',
            '0x' || repeat('0', 64) from generate_series(1, %2$d) n"""
            .formatted(CHAIN, MANY + 1));

    List<NoteRows.Due> due =
        database.call(handle -> NoteRows.due(CHAIN).next(handle, NOW, List.of()));

    assertThat(due)
        .extracting(NoteRows.Due::host)
        .containsExactlyInAnyOrder("evil.example", "evil.example", "honest.example");
  }

  @Test
  void whatAHostHasDueIsNotAllRead() {
    cards("'https://evil.example/' || n", 4 * MANY, "-infinity");
    cards("'https://honest' || n || '.example/'", 3, NOW.toString());

    assertReadsFewRows(List.of("evil.example"), 3);
    assertReadsFewRows(List.of(), 3 + Looks.PER_HOST);
    sql("analyze reputation_file.registration_file");
    assertReadsFewRows(List.of("evil.example"), 3);
    assertReadsFewRows(List.of(), 3 + Looks.PER_HOST);
  }

  private static void assertReadsFewRows(Collection<String> busy, int found) {
    database.transaction(
        handle -> {
          long before = rowsRead(handle);
          assertThat(RegistrationRows.due(CHAIN).next(handle, NOW, busy)).hasSize(found);
          assertThat(rowsRead(handle) - before).as("rows read").isLessThan(FEW_ROWS);
          return found;
        });
  }

  @Test
  void allHostsComeRoundAndThenTheFirstAgain() {
    int hosts = DueFiles.HOSTS + 10;
    cards("'https://h' || n || '.example/'", hosts, "-infinity");
    DueFiles<RegistrationRows.Due> files = RegistrationRows.due(CHAIN);

    Set<String> seen = new HashSet<>();
    Set<String> first = due(files, List.of()).keySet();
    seen.addAll(first);
    for (int look = 1; look < Math.ceilDiv(hosts, BATCH); look++) {
      seen.addAll(due(files, List.of()).keySet());
    }

    assertThat(seen).hasSize(hosts);
    assertThat(due(files, List.of()).keySet()).isEqualTo(first);
  }

  @Test
  void whatIsDueBeyondHostsThatHaveNothingDueIsFoundByTheNextLook() {
    cards("'https://h' || n || '.example/'", DueFiles.HOSTS, NOW.plusSeconds(1).toString());
    cards("'https://z.example/'", 1, NOW.toString());
    DueFiles<RegistrationRows.Due> files = RegistrationRows.due(CHAIN);

    assertThat(due(files, List.of())).isEmpty();
    assertThat(due(files, List.of())).containsOnlyKeys("z.example");
  }

  private static Map<String, Long> due(Collection<String> busy) {
    return due(RegistrationRows.due(CHAIN), busy);
  }

  private static Map<String, Long> due(
      DueFiles<RegistrationRows.Due> files, Collection<String> busy) {
    return database.call(handle -> files.next(handle, NOW, busy)).stream()
        .collect(Collectors.groupingBy(RegistrationRows.Due::host, Collectors.counting()));
  }

  private static List<String> hosts(String... uris) {
    return database.call(
        handle ->
            List.of(uris).stream()
                .map(
                    uri ->
                        handle
                            .createQuery("select reputation_file.asked_host(?)")
                            .bind(0, uri)
                            .mapTo(String.class)
                            .one())
                .toList());
  }

  private static void cards(String uri, int files, String due) {
    sql(
        """
        insert into reputation_file.registration_file (chain, uri_digest, uri, next_look_at)
          select '%s', sha256(convert_to(%2$s, 'UTF8')), %2$s, '%3$s'
          from generate_series(1, %4$d) n"""
            .formatted(CHAIN, uri, due, files));
  }

  private static void sql(String statement) {
    database.run(handle -> handle.execute(statement));
  }

  /** In this transaction, from the tables and their indexes. */
  private static long rowsRead(Handle handle) {
    return handle
        .createQuery(
            "select sum(pg_stat_get_xact_tuples_returned(oid)) from pg_class where relnamespace ="
                + " 'reputation_file'::regnamespace and relkind in ('r', 'i')")
        .mapTo(Long.class)
        .one();
  }
}
