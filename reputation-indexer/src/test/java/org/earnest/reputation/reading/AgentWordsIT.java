package org.earnest.reputation.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.reputation.file.Content;
import org.earnest.reputation.file.RegistrationFile;
import org.earnest.reputation.store.ReputationStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which words lead to which agents, whoever of the follower and the reader of files is first. */
class AgentWordsIT {
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  private static final String REGISTRY = CHAIN + ":0x" + "12".repeat(20);
  private static final int MOST_AGENTS = 64;

  private static final Lifecycle LIFECYCLE = new Lifecycle();
  private static Database database;

  private long block;

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
    sql(
        "truncate reputation.agent, reputation.agent_change, reputation.followed_block,"
            + " reputation.followed_chain, reputation.enlisted_files, reputation.undone_block,"
            + " reputation_file.registration_file, reputation_file.agent_word,"
            + " reputation_file.agent_word_due");
    sql("insert into reputation.followed_block values (?, 0, '0x')", CHAIN.toString());
    sql(
        "insert into reputation.followed_chain (chain, genesis_hash, cursor_number, cursor_hash)"
            + " values (?, '0x', 0, ?)",
        CHAIN.toString(),
        hash(0));
    block = 0;
  }

  @Test
  void anAgentThatComesToAFileReadBeforeIsLedTo() {
    points(9, "https://u.example/");
    enlist();
    saved("https://u.example/", "ocean", 9, 5);
    lead();
    assertThat(words(9)).contains("ocean");
    assertThat(words(5)).isEmpty();

    points(5, "https://u.example/");
    assertThat(words(5)).as("not in the transaction of the follower").isEmpty();
    enlist();
    lead();
    assertThat(words(5)).contains("ocean", "=reputation");
  }

  /** The file is saved between the reading of a block and the enlisting of what is in it. */
  @Test
  void aFileReadAtTheSameTimeMarksTheAgent() {
    points(9, "https://u.example/");
    enlist();
    points(5, "https://u.example/");
    saved("https://u.example/", "ocean", 9, 5);
    enlist();
    lead();
    assertThat(words(5)).contains("ocean");
  }

  @Test
  void aFileOfManyAgentsAndWordsIsSavedByItsMarksAlone() {
    String many =
        IntStream.range(0, 500).mapToObj(n -> "word" + n).collect(Collectors.joining(" "));
    for (int agent = 1; agent <= MOST_AGENTS; agent++) {
      points(agent, "https://u.example/");
    }
    enlist();
    saved("https://u.example/", many, LongStream.rangeClosed(1, MOST_AGENTS).toArray());
    assertThat(count("agent_word")).isZero();
    assertThat(count("agent_word_due")).isEqualTo(MOST_AGENTS);

    lead();
    assertThat(words(1))
        .as("too many in its texts")
        .containsExactly("*", "=reputation", "~age", "~ent", "~gen");
    assertThat(count("agent_word")).isEqualTo(5 * MOST_AGENTS);
    assertThat(count("agent_word_due")).isZero();
  }

  @Test
  void theSameFileAgainMarksNobody() {
    points(9, "https://u.example/");
    enlist();
    saved("https://u.example/", "ocean", 9);
    lead();
    saved("https://u.example/", "ocean", 9);
    assertThat(count("agent_word_due")).isZero();
    saved("https://u.example/", "river", 9);
    lead();
    assertThat(words(9)).contains("river").doesNotContain("ocean");
  }

  @Test
  void anAgentThatAReorganisationPointsBackHasItsWordsStill() {
    points(9, "https://u0.example/");
    enlist();
    saved("https://u0.example/", "ocean", 9);
    points(9, "https://u1.example/");
    enlist();
    saved("https://u1.example/", "river", 9);
    lead();
    assertThat(words(9)).contains("ocean", "river");
    for (int more = 2; more <= AgentWords.URIS; more++) {
      points(9, "https://u" + more + ".example/");
      enlist();
      saved("https://u" + more + ".example/", "lake" + more, 9);
    }
    lead();
    assertThat(words(9))
        .contains("river", "lake2")
        .as("older ones are swept")
        .doesNotContain("ocean");
  }

  @Test
  void aFileThatDoesNotNameTheAgentLeadsNobodyToIt() {
    points(9, "https://u.example/");
    points(7, "https://u.example/");
    enlist();
    saved("https://u.example/", "ocean", 9);
    points(7, "https://u.example/");
    enlist();
    lead();
    assertThat(words(7)).isEmpty();
  }

  /** As the follower does: the block, the agent's change and its row. */
  private void points(long agent, String uri) {
    block++;
    sql(
        "insert into reputation.followed_block values (?, ?, ?)",
        CHAIN.toString(),
        block,
        hash(block));
    sql(
        "update reputation.followed_chain set cursor_number = ?, cursor_hash = ?",
        block,
        hash(block));
    sql(
        "insert into reputation.agent_change (chain, block_number, block_hash, log_index,"
            + " transaction, agent_id, kind, uri) values (?, ?, ?, 0, '0x', ?, 'uri_updated', ?)",
        CHAIN.toString(),
        block,
        hash(block),
        agent,
        uri);
    sql(
        "insert into reputation.agent values (?, ?, '0x', null, ?, 0, 0, '0x')"
            + " on conflict (chain, agent_id) do update set uri = excluded.uri",
        CHAIN.toString(),
        agent,
        uri);
  }

  private static void enlist() {
    Enlistment enlistment = new Enlistment(CHAIN);
    while (database.transaction(enlistment::next)) {
      // Piece by piece.
    }
  }

  private static void lead() {
    while (database.transaction(handle -> AgentWords.next(handle, CHAIN))) {
      // Piece by piece.
    }
  }

  private static void saved(String uri, String description, long... agents) {
    String named =
        LongStream.of(agents)
            .mapToObj(id -> "{\"agentId\":%d,\"agentRegistry\":\"%s\"}".formatted(id, REGISTRY))
            .collect(Collectors.joining(","));
    String json =
        "{\"name\":\"Agent\",\"description\":\"%s\",\"supportedTrust\":[\"reputation\"],\"registrations\":[%s]}"
            .formatted(description, named);
    RegistrationFile file = RegistrationFile.parse(new Content(json.getBytes(UTF_8)));
    database.run(
        handle ->
            RegistrationRows.save(
                handle,
                CHAIN,
                new RegistrationRows.Due(uri, "u.example", 0),
                Card.read(Hash32.ZERO, file),
                Instant.EPOCH,
                Optional.empty()));
  }

  private static List<String> words(long agent) {
    return database.call(
        handle ->
            handle
                .createQuery(
                    "select word from reputation_file.agent_word where agent_id = ? order by word")
                .bind(0, BigInteger.valueOf(agent))
                .mapTo(String.class)
                .list());
  }

  private static int count(String table) {
    return database.call(
        handle ->
            handle
                .createQuery("select count(*) from reputation_file." + table)
                .mapTo(Integer.class)
                .one());
  }

  private static String hash(long number) {
    return "0x%064x".formatted(number);
  }

  private static void sql(String statement, Object... bound) {
    database.run(handle -> handle.execute(statement, bound));
  }
}
