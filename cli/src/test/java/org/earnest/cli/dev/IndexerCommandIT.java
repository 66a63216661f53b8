package org.earnest.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.earnest.cli.indexer.Erc8004OnAnvil;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.state.FileTree;
import org.earnest.kit.state.StateDirectory;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code indexer} as a process: killed, stopped, on a terminal, refused. */
class IndexerCommandIT {
  private static final int PATIENCE_SECONDS = 120;
  private static final int AGENTS = 3;
  private static final int RATINGS = 120;
  private static final String LOGS = "eth_getLogs";

  /** Anvil calls final what has 64 blocks on it. */
  private static final int UNTIL_FINAL = 64;

  private static final int LONG_AGO = 3_000;
  private static final int HORIZON = 8;
  private static final int KILLS = 5;
  private static final int LATEST_KILL_MILLIS = 400;

  private final long seed = Long.getLong("earnest.seed", System.nanoTime());

  @TempDir Path folder;
  private Erc8004OnAnvil chain;

  @BeforeEach
  void begin() {
    chain = Erc8004OnAnvil.start(0);
    for (int agent = 1; agent <= AGENTS; agent++) {
      chain.register(agent, "https://agent.example/" + agent);
    }
    for (int rating = 0; rating < RATINGS; rating++) {
      chain.rate(AGENTS + 1, 1 + rating % AGENTS, rating % 100);
    }
  }

  @AfterEach
  void end() {
    chain.close();
  }

  @Test
  void killedAgainAndAgainItHasWhatAFreshOneHas() throws Exception {
    Random random = new Random(seed);
    List<JsonNode> fresh;
    try (DevHome home = DevHome.in(folder)) {
      try (EarnestProcess indexer = home.indexer(arguments("--fresh"))) {
        fresh = answers(indexer);
      }
      boolean begun = false;
      for (int kill = 0; kill < KILLS; kill++) {
        try (EarnestProcess indexer = home.indexer(arguments(begun ? "" : "--fresh"))) {
          begun = true;
          indexer.awaitErr("starting the indexer");
          TimeUnit.MILLISECONDS.sleep(random.nextInt(LATEST_KILL_MILLIS));
          indexer.signal("KILL");
          indexer.awaitEnd();
        }
      }
      try (EarnestProcess indexer = home.indexer(arguments())) {
        assertThat(answers(indexer)).as("seed %d", seed).isEqualTo(fresh);
      }
      assertThat(home.leftovers()).isEmpty();
    }
  }

  @Test
  void whatIsBuiltAnewAsksTheNodeForTheNewestBlocksAlone() throws Exception {
    chain.mine(LONG_AGO);
    chain.rate(AGENTS + 1, 1, 1);
    chain.mine(UNTIL_FINAL);
    String[] shallow = {"--fresh", "--horizon", "" + HORIZON};
    try (DevHome home = DevHome.in(folder);
        FaultyRpcServer node = FaultyRpcServer.proxy(chain.url())) {
      List<JsonNode> first = built(home, node, shallow);
      long asked = node.calls(LOGS);

      assertThat(built(home, node, shallow)).isEqualTo(first);
      long again = node.calls(LOGS) - asked;
      assertThat(again)
          .as("ranges of the newest %d blocks", UNTIL_FINAL)
          .isBetween(1L, UNTIL_FINAL / 4L);

      assertThat(built(home, node, "--fresh", "--no-cache")).isEqualTo(first);
      assertThat(node.calls(LOGS) - asked - again).as("ranges of all").isGreaterThan(again);
      assertThat(home.state().resolve("logs")).doesNotExist();
      assertThat(home.leftovers()).isEmpty();
    }
  }

  private List<JsonNode> built(DevHome home, FaultyRpcServer node, String... more)
      throws Exception {
    try (EarnestProcess indexer = home.indexer(arguments(node.url(), more))) {
      List<JsonNode> answers = answers(indexer);
      indexer.signal("TERM");
      indexer.awaitEnd();
      return answers;
    }
  }

  @Test
  void aSignalEndsItAndLeavesNothing() throws Exception {
    try (DevHome home = DevHome.in(folder)) {
      try (EarnestProcess indexer = home.indexer(arguments())) {
        answers(indexer);
        indexer.signal("TERM");
        assertThat(indexer.awaitEnd()).isEqualTo(128 + 15);
      }
      assertThat(home.leftovers()).isEmpty();
    }
  }

  @Test
  void anotherPostgresKeepsTheIndexInsteadOfItsOwn() throws Exception {
    List<JsonNode> own;
    try (DevHome home = DevHome.in(folder);
        StateDirectory theirs = StateDirectory.open(folder.resolve("theirs"));
        EmbeddedPostgres server = EmbeddedPostgres.start(theirs, home.programs())) {
      try (EarnestProcess indexer = home.indexer(arguments())) {
        own = answers(indexer);
      }
      FileTree.delete(home.state());
      String url = url(server.settings());
      for (int run = 0; run < 2; run++) {
        try (EarnestProcess indexer = home.indexer(arguments("--database-url", url))) {
          assertThat(answers(indexer)).isEqualTo(own);
          assertThat(home.state().resolve("postgres")).doesNotExist();
          indexer.signal("TERM");
          indexer.awaitEnd();
        }
      }
      assertThat(Leftovers.of(home.state())).isEmpty();
    }
  }

  private static String url(DatabaseSettings settings) {
    return settings
        .jdbcUrl()
        .replace("jdbc:", "")
        .replace("//", "//" + settings.user() + ":" + settings.password() + "@");
  }

  @Test
  void aPersonSeesALineThatChanges() throws Exception {
    try (DevHome home = DevHome.in(folder)) {
      try (EarnestProcess indexer = home.indexerOnTerminal(arguments())) {
        indexer.awaitOut("at the head");
        assertThat(indexer.out()).contains("It follows eip155:31337", "\r\u001b[K[####");
        assertThat(indexer.err()).as("the log is in its file").doesNotContain("{\"timestamp\"");
        indexer.typeCtrlC();
        assertThat(indexer.awaitEnd()).isEqualTo(128 + 2);
      }
      assertThat(home.leftovers()).isEmpty();
    }
  }

  @Test
  void aNodeThatIsDownIsNamedAtTheStart() throws Exception {
    try (DevHome home = DevHome.in(folder);
        EarnestProcess indexer = home.indexer("--rpc-url", "http://127.0.0.1:1/v2/secret-key")) {
      assertThat(indexer.awaitEnd()).isEqualTo(1);
      assertThat(indexer.json().path("code").asString()).isEqualTo("rpc_unreachable");
      assertThat(indexer.json().path("fix").asString()).contains("--rpc-url");
      assertThat(indexer.err() + indexer.out()).doesNotContain("secret-key");
      assertThat(home.state().resolve("postgres")).doesNotExist();
    }
  }

  private String[] arguments(String... more) {
    return arguments(chain.url(), more);
  }

  private String[] arguments(URI node, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--rpc-url",
                node.toString(),
                "--identity",
                chain.identity().hex(),
                "--reputation",
                chain.reputation().hex()));
    List.of(more).stream().filter(word -> !word.isEmpty()).forEach(arguments::add);
    return arguments.toArray(String[]::new);
  }

  /** Every agent with its reputation and feedback, once the newest block is in. */
  private List<JsonNode> answers(EarnestProcess indexer) throws Exception {
    JsonNode said = indexer.json();
    assertThat(said.path("ok").asBoolean()).as(said::toString).isTrue();
    String url = said.path("url").asString();
    Awaitility.await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> block(url) == chain.head().number());
    List<JsonNode> answers = new ArrayList<>(List.of(Http.json(url + "/agents")));
    assertThat(answers.getFirst().path("agents")).hasSize(AGENTS);
    for (int agent = 1; agent <= AGENTS; agent++) {
      answers.add(Http.json(url + "/agents/" + agent + "/reputation"));
      answers.add(Http.json(url + "/agents/" + agent + "/feedback?limit=100"));
    }
    return answers;
  }

  private static long block(String url) throws Exception {
    return Http.json(url + "/status")
        .path("progress")
        .path("reputation-indexer")
        .path("block")
        .asLong(-1);
  }
}
