package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.earnest.cli.indexer.Erc8004OnAnvil;
import org.earnest.cli.indexer.IndexerHost;
import org.earnest.cli.indexer.IndexerRuns;
import org.earnest.kit.process.Lifecycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code agent} at an indexer that follows somebody's registries. */
class AgentCommandIT {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir Path folder;
  private final Lifecycle run = new Lifecycle();
  private Erc8004OnAnvil chain;
  private IndexerHost host;

  @BeforeEach
  void begin() throws Exception {
    chain = Erc8004OnAnvil.start(0);
    for (int agent = 1; agent <= 3; agent++) {
      chain.register(agent, "https://agent.example/" + agent);
    }
    chain.rate(4, 1, 80);
    chain.rate(5, 1, 60);
    host =
        IndexerRuns.start(
            run,
            new IndexerRuns(folder)
                .plan(
                    run,
                    List.of(chain.url()),
                    IndexerRuns.registries(chain.identity(), chain.reputation()),
                    OptionalLong.empty()),
            chain.head());
  }

  @AfterEach
  void end() {
    run.close();
    chain.close();
  }

  private record Said(int exit, JsonNode json, String prose) {
    String code() {
      return json.path("code").asString("");
    }
  }

  private Said agent(String... words) {
    return at(host.uri().toString(), words);
  }

  private static Said at(String url, String... words) {
    List<String> line = new ArrayList<>(List.of("agent"));
    line.addAll(List.of(words));
    line.addAll(List.of("--url", url, "--json"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit = EarnestCommand.run(line.toArray(String[]::new), stream(out), stream(err));
    return new Said(
        exit,
        JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8)),
        err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  @Test
  void listsPagesAndAll() {
    Said first = agent("list", "--limit", "2");
    assertThat(first.exit()).isZero();
    assertThat(first.json().path("agents")).hasSize(2);
    assertThat(first.prose()).contains("There are more", "As of block " + chain.head().number());
    Said rest = agent("list", "--cursor", first.json().path("next").asString());
    assertThat(rest.json().path("agents")).hasSize(1);
    assertThat(rest.json().has("next")).isFalse();
    assertThat(agent("list", "--all").json().path("agents")).hasSize(3);
    Said owned = agent("list", "--owner", chain.account(2).hex());
    assertThat(owned.json().path("agents").valueStream())
        .singleElement()
        .satisfies(it -> assertThat(it.path("agentId").asString()).endsWith(":2"));
  }

  @Test
  void showsAnAgentAndItsFeedback() {
    Said shown = agent("show", "1");
    assertThat(shown.exit()).isZero();
    assertThat(shown.prose()).contains("2 entries that count, 0 revoked, average 70");
    assertThat(shown.json().path("reputation").path("feedback").path("sources")).hasSize(2);
    Said feedback = agent("feedback", "1", "--client", chain.account(4).hex());
    assertThat(feedback.json().path("feedback").valueStream())
        .singleElement()
        .satisfies(it -> assertThat(it.path("value").asString()).isEqualTo("80"));
    assertThat(feedback.prose()).contains("80", "starred", "counts");
  }

  @Test
  void refusalsSayWhatToDo() {
    Said unknown = agent("show", "99");
    assertThat(unknown.exit()).isEqualTo(ExitCode.NOT_OK);
    assertThat(unknown.code()).isEqualTo("agent_unknown");
    assertThat(unknown.json().path("fix").asString()).contains("./earnest agent list");
    assertThat(agent("list", "--limit", "1000").code()).isEqualTo("invalid_request");
    assertThat(agent("list", "--owner", "nobody").code()).isEqualTo("invalid_request");
    assertThat(agent("list", "--cursor", "abc").code()).isEqualTo("invalid_cursor");
    Said nobody = at("http://127.0.0.1:1", "list");
    assertThat(nobody.code()).isEqualTo("house_unreachable");
    assertThat(nobody.json().path("fix").asString()).contains("./earnest indexer");
    assertThat(at(chain.url().toString(), "list").code()).isEqualTo("not_a_house");
  }

  @Test
  void watchSaysWhatChangesAndWhatIsTakenBack() throws Exception {
    chain.mine(5);
    FutureTask<Said> watch =
        new FutureTask<>(() -> agent("watch", "--interval", "1", "--changes", "3"));
    Thread.ofPlatform().daemon().start(watch);
    TimeUnit.SECONDS.sleep(2);
    chain.rate(6, 2, 100);
    IndexerRuns.follow(host, chain.head());
    TimeUnit.SECONDS.sleep(3);
    chain.reorganise(1);
    IndexerRuns.follow(host, chain.head());
    Said said = watch.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(said.exit()).isZero();
    assertThat(said.json().path("changes").valueStream().map(it -> it.path("what").asString()))
        .containsExactly("changed", "reorganisation", "changed");
    assertThat(said.prose())
        .contains("agent 2  changed", "feedbackCount 0 -> 1", "REORGANISATION")
        .contains("feedbackCount 1 -> 0");
  }
}
