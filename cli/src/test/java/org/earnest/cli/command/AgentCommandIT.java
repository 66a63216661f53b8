package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.earnest.cli.indexer.Erc8004OnAnvil;
import org.earnest.cli.indexer.IndexerHost;
import org.earnest.cli.indexer.IndexerPlan;
import org.earnest.cli.indexer.IndexerRuns;
import org.earnest.did.agent.AgentLink;
import org.earnest.kit.process.Lifecycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code agent} at an indexer that follows somebody's registries. */
class AgentCommandIT {
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
    host = IndexerRuns.start(run, plan(run, 0), chain.head());
  }

  private IndexerPlan plan(Lifecycle owner, int port) {
    return IndexerRuns.at(
        port,
        new IndexerRuns(folder)
            .plan(
                owner,
                List.of(chain.url()),
                IndexerRuns.registries(chain.identity(), chain.reputation()),
                OptionalLong.empty()));
  }

  @AfterEach
  void end() {
    run.close();
    chain.close();
  }

  private AgentRun agent(String... words) {
    return AgentRun.at(host.uri().toString(), words);
  }

  private AgentRun watch(String... words) {
    List<String> line = new ArrayList<>(List.of("watch"));
    line.addAll(List.of(words));
    AgentRun watch = AgentRun.beside(host.uri().toString(), line.toArray(String[]::new));
    watch.awaitProse("Watching");
    return watch;
  }

  @Test
  void listsPagesAndAll() throws Exception {
    AgentRun first = agent("list", "--limit", "2");
    assertThat(first.exit()).isZero();
    assertThat(first.json().path("agents")).hasSize(2);
    assertThat(first.prose()).contains("There are more", "As of block " + chain.head().number());
    AgentRun rest = agent("list", "--cursor", first.json().path("next").asString());
    assertThat(rest.json().path("agents")).hasSize(1);
    assertThat(rest.json().has("next")).isFalse();
    assertThat(agent("list", "--all").json().path("agents")).hasSize(3);
    AgentRun owned = agent("list", "--owner", chain.account(2).hex());
    assertThat(owned.json().path("agents").valueStream())
        .singleElement()
        .satisfies(it -> assertThat(it.path("agentId").asString()).endsWith(":2"));
  }

  @Test
  void showsAnAgentAndItsFeedback() throws Exception {
    AgentRun shown = agent("show", "1");
    assertThat(shown.exit()).isZero();
    assertThat(shown.prose()).contains("2 entries that count, 0 revoked, average 70");
    assertThat(shown.json().path("reputation").path("feedback").path("sources")).hasSize(2);
    AgentRun feedback = agent("feedback", "1", "--client", chain.account(4).hex());
    assertThat(feedback.json().path("feedback").valueStream())
        .singleElement()
        .satisfies(it -> assertThat(it.path("value").asString()).isEqualTo("80"));
    assertThat(feedback.prose()).contains("80", "starred", "counts");
  }

  @Test
  void choosesAndArrangesFeedback() throws Exception {
    assertThat(values("--sort", "value")).containsExactly("60", "80");
    assertThat(values("--sort", "value", "--order", "desc")).containsExactly("80", "60");
    assertThat(values("--max-value", "79.5", "--from", "1")).containsExactly("60");
    assertThat(values("--min-value", "60.000000000000000001")).containsExactly("80");
    assertThat(values("--to", "1")).isEmpty();
    assertThat(agent("feedback", "1", "--sort", "score").code()).isEqualTo("invalid_request");
  }

  private List<String> values(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("feedback", "1"));
    line.addAll(List.of(words));
    return agent(line.toArray(String[]::new))
        .json()
        .path("feedback")
        .valueStream()
        .map(entry -> entry.path("value").asString())
        .toList();
  }

  @Test
  void refusalsSayWhatToDo() throws Exception {
    AgentRun unknown = agent("show", "99");
    assertThat(unknown.exit()).isEqualTo(ExitCode.NOT_OK);
    assertThat(unknown.code()).isEqualTo("agent_unknown");
    assertThat(unknown.json().path("fix").asString()).contains("./earnest agent list");
    assertThat(agent("list", "--limit", "1000").code()).isEqualTo("invalid_request");
    assertThat(agent("list", "--owner", "nobody").code()).isEqualTo("invalid_request");
    assertThat(agent("list", "--cursor", "abc").code()).isEqualTo("invalid_cursor");
    AgentRun nobody = AgentRun.at("http://127.0.0.1:1", "list");
    assertThat(nobody.code()).isEqualTo("house_unreachable");
    assertThat(nobody.json().path("fix").asString()).contains("./earnest indexer");
    assertThat(AgentRun.at(chain.url().toString(), "list").code()).isEqualTo("not_a_house");
  }

  @Test
  void verifySaysWhichLinkIsMissing() throws Exception {
    AgentRun unread = agent("verify", "1");
    assertThat(unread.exit()).isEqualTo(ExitCode.NOT_OK);
    assertThat(unread.code()).isEqualTo("agent_not_proven");
    assertThat(unread.prose())
        .contains("agent_registered", "registry_names_file  unknown", "It is not proven");
    String account = "did:pkh:eip155:31337:" + chain.account(8);
    chain.register(
        8,
        """
        data:application/json,{"name":"a","services":[{"name":"DID","endpoint":"%s"}],\
        "registrations":[{"agentId":4,"agentRegistry":"eip155:31337:%s"}]}"""
            .formatted(account, chain.identity()));
    AgentRun proven = agent("verify", "4");
    assertThat(proven.exit()).as(proven.prose()).isZero();
    assertThat(proven.prose()).contains("All belong together");
    assertThat(proven.json().path("did").asString()).isEqualTo(account);
    assertThat(proven.json().path("links")).hasSize(AgentLink.values().length);
    AgentRun another = agent("verify", "4", "--did", "did:pkh:eip155:31337:" + chain.account(7));
    assertThat(another.exit()).isEqualTo(ExitCode.NOT_OK);
    assertThat(another.prose()).contains("file_names_did       contradicted");
    assertThat(agent("verify", "4", "--did", "nothing").code()).isEqualTo("invalid_request");
    assertThat(agent("verify", "eip155:1:" + chain.identity() + ":4").code())
        .isEqualTo("registry_not_followed");
  }

  @Test
  void aRefusedListHasNoHeading() {
    assertThat(agent("list", "--owner", "nobody").prose()).doesNotContain("AGENT");
    assertThat(agent("feedback", "99").prose()).doesNotContain("CLIENT");
    assertThat(agent("list", "--tag", "nothing").prose()).contains("AGENT", "There are none.");
  }

  @Test
  void watchSaysWhatChangesAndWhatIsTakenBack() throws Exception {
    chain.mine(5);
    AgentRun watch = watch("--changes", "3");
    chain.rate(6, 2, 100);
    watch.awaitProse("feedbackCount 0 -> 1");
    chain.reorganise(1);
    assertThat(watch.exit()).isZero();
    assertThat(watch.changes()).containsExactly("changed", "reorganisation", "changed");
    assertThat(watch.prose())
        .contains("agent 2  changed", "REORGANISATION")
        .contains("feedbackCount 1 -> 0");
  }

  @Test
  void aWatchOfOneAgentHearsOfNoOtherAndOfItsEnd() throws Exception {
    chain.register(7, "https://agent.example/4");
    IndexerRuns.follow(host, chain.head());
    AgentRun watch = watch("4", "--changes", "3");
    chain.rate(6, 2, 100);
    chain.rate(6, 4, 90);
    watch.awaitProse("feedbackCount 0 -> 1");
    chain.reorganise(3);
    assertThat(watch.exit()).isZero();
    assertThat(watch.changes()).containsExactly("changed", "reorganisation", "gone");
    assertThat(watch.prose()).doesNotContain("agent 2");
    assertThat(agent("watch", "99", "--changes", "1").code()).isEqualTo("agent_unknown");
    assertThat(AgentRun.at("http://127.0.0.1:1", "watch", "--changes", "1").code())
        .isEqualTo("house_unreachable");
  }

  @Test
  void aWatchMissesNothingWhileTheHouseIsAway() throws Exception {
    AgentRun watch = watch("--changes", "2");
    int port = host.uri().getPort();
    run.close();
    watch.awaitProse("asking again");
    chain.rate(6, 2, 100);
    chain.register(7, "https://agent.example/4");
    try (Lifecycle again = new Lifecycle()) {
      IndexerRuns.start(again, plan(again, port), chain.head());
      assertThat(watch.exit()).isZero();
      assertThat(watch.changes()).containsExactly("changed", "registered");
      assertThat(watch.prose()).contains("agent 2  changed", "agent 4  registered");
    }
  }

  @Test
  void aWatchEndsWhenItsTimeIsOver() throws Exception {
    AgentRun watch = watch("--seconds", "2");
    assertThat(watch.exit()).isZero();
    assertThat(watch.changes()).isEmpty();
  }

  @Test
  void whereOneChainIsFollowedNoneIsChosen() throws Exception {
    AgentRun chosen = agent("list", "--chain", "31337");
    assertThat(chosen.exit()).isEqualTo(ExitCode.NOT_OK);
    assertThat(chosen.code()).isEqualTo("chain_not_followed");
    assertThat(chosen.json().path("fix").asString()).contains("--chain");
  }
}
