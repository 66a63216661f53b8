package org.earnest.cli.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earnest.cli.indexer.IndexerRuns.get;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.earnest.bindings.call.CreationCode;
import org.earnest.cli.console.Console;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two chains in one process: what happens to one is no matter of the other. */
class SeveralChainsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int HORIZON = 2;

  /** Deeper than the horizon and what is recorded sparsely around it. */
  private static final int TOO_DEEP = 40;

  private static final Caip2ChainId ONE = Caip2ChainId.eip155(31337);
  private static final Caip2ChainId OTHER = Caip2ChainId.eip155(4711);

  @TempDir Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Erc8004OnAnvil one;
  private Erc8004OnAnvil other;

  @BeforeEach
  void begin() {
    one = Erc8004OnAnvil.start(TOO_DEEP);
    other = Erc8004OnAnvil.start(TOO_DEEP, "--chain-id", "4711");
    one.register(1, "https://one.example/agent.json");
    other.register(1, "https://other.example/1.json");
    other.register(2, "https://other.example/2.json");
    other.rate(3, 2, 80);
  }

  @AfterEach
  void end() {
    one.close();
    other.close();
  }

  @Test
  void eachHasItsRoutesItsFiguresAndItsAgents() throws Exception {
    try (Lifecycle run = new Lifecycle()) {
      IndexerHost host = start(run, one.url(), other.url());
      assertThat(get(host, "/chains/31337/agents").path("agents")).hasSize(1);
      assertThat(get(host, "/chains/4711/agents").path("agents")).hasSize(2);
      String agent = "eip155:4711:" + other.identity() + ":2";
      JsonNode named = get(host, "/agents/" + agent + "/reputation");
      assertThat(named).isEqualTo(get(host, "/chains/4711/agents/2/reputation"));
      assertThat(named.path("feedback").path("value").asString()).isEqualTo("80");
      assertThat(named.path("at").path("chainId").asString()).isEqualTo("eip155:4711");
      assertThat(code(host, "/agents")).isEqualTo("chain_needed");
      assertThat(code(host, "/agents/2")).isEqualTo("chain_needed");
      assertThat(code(host, "/chains/1/agents")).isEqualTo("chain_not_followed");
      assertThat(code(host, "/chains/31337/agents/" + agent)).isEqualTo("registry_not_followed");
      assertThat(code(host, "/chains/31337/agents/2")).isEqualTo("agent_unknown");
      String cursor = get(host, "/chains/4711/agents?limit=1").path("next").asString();
      assertThat(code(host, "/chains/31337/agents?limit=1&cursor=" + cursor))
          .isEqualTo("cursor_of_another_chain");
      String path = "/agents/2/feedback?limit=1&sort=value";
      String entry = get(host, "/chains/4711" + path).path("next").asString();
      assertThat(code(host, "/chains/31337" + path + "&cursor=" + entry))
          .isEqualTo("cursor_of_another_chain");
      assertThat(get(host, "/chains/4711/agents/1/card").path("state").asString()).isNotEmpty();
      assertThat(get(host, "/ready").path("status").asString()).isEqualTo("ready");
      assertThat(block(host, ONE)).isEqualTo(one.head().number());
      assertThat(block(host, OTHER)).isEqualTo(other.head().number());
      assertThat(get(host, "/metrics").asString())
          .contains("earnest_indexer_block{chain=\"eip155:31337\",service=\"reputation-indexer\"}")
          .contains("earnest_indexer_block{chain=\"eip155:4711\",service=\"reputation-indexer\"}");
      JsonNode paths = get(host, "/openapi.json").path("paths");
      assertThat(paths.has("/chains/{chainId}/agents/{agentId}/card")).isTrue();
    }
  }

  @Test
  void oneThatCannotGoOnEndsTheRunOnlyWhenNoneCan() throws Exception {
    try (Lifecycle run = new Lifecycle()) {
      IndexerHost host = start(run, one.url(), other.url());
      FutureTask<Boolean> well = watch(run, host);
      other.mine(TOO_DEEP);
      IndexerRuns.follow(host, other.head());
      other.reorganise(TOO_DEEP);
      awaitHalted(host, OTHER);
      assertThat(reason(host)).startsWith("eip155:4711: ").contains("more than 2 blocks deep");
      assertThat(reason(host)).doesNotContain("eip155:31337");

      one.register(2, "https://one.example/2.json");
      IndexerRuns.follow(host, one.head());
      assertThat(get(host, "/chains/31337/agents").path("agents")).hasSize(2);
      assertThat(get(host, "/chains/4711/agents").path("agents")).as("old answers").hasSize(2);
      assertThat(said("[reorganisation_too_deep]")).containsOnlyOnce("eip155:4711: ");
      assertThat(well.isDone()).isFalse();

      one.mine(TOO_DEEP);
      IndexerRuns.follow(host, one.head());
      one.reorganise(TOO_DEEP);
      assertThat(well.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isFalse();
      assertThat(said("[reorganisation_too_deep]")).contains("eip155:31337: ");
    }
  }

  @Test
  void aSilentNodeHoldsUpNeitherTheOtherChainNorARestart() throws Exception {
    try (FaultyRpcServer node = FaultyRpcServer.proxy(other.url())) {
      try (Lifecycle run = new Lifecycle()) {
        IndexerHost host = start(run, one.url(), node.url());
        node.failAll(RpcFault.DROPPED_BEFORE);
        awaitReason(host, "eip155:4711: cannot follow the chain now: the chain's node does not");
        one.register(2, "https://one.example/2.json");
        IndexerRuns.follow(host, one.head());
      }
      try (Lifecycle run = new Lifecycle()) {
        IndexerHost host = begin(run, one.url(), node.url());
        one.register(3, "https://one.example/3.json");
        IndexerRuns.follow(host, one.head());
        assertThat(get(host, "/chains/31337/agents").path("agents")).hasSize(3);
        awaitReason(host, "eip155:4711: cannot follow the chain now: the chain's node does not");
        assertThat(get(host, "/chains/4711/agents").path("agents")).hasSize(2);
        node.recover();
        other.register(3, "https://other.example/3.json");
        IndexerRuns.follow(host, other.head());
        assertThat(get(host, "/chains/4711/agents").path("agents")).hasSize(3);
        awaitReason(host, "");
      }
    }
  }

  @Test
  void aReplacedChainIsSaidOfThatChain() throws Exception {
    try (Lifecycle run = new Lifecycle()) {
      start(run, one.url(), other.url());
    }
    other.close();
    Erc8004OnAnvil before = other;
    other = Erc8004OnAnvil.start(0, "--chain-id", "4711", "--timestamp=1600000000");
    try (Lifecycle run = new Lifecycle()) {
      IndexerHost host =
          IndexerHost.start(
              run, plan(run, plan(ONE, one, one.url()), plan(OTHER, before, other.url())));
      awaitHalted(host, OTHER);
      assertThat(reason(host)).contains("eip155:4711: ", "block 0 has another hash");
      one.register(2, "https://one.example/2.json");
      IndexerRuns.follow(host, one.head());
    }
  }

  @Test
  void whatTheFileSaysWrongOfAChainIsRefusedWithItsName() throws Exception {
    try (Lifecycle run = new Lifecycle()) {
      IndexerRuns.start(run, plan(run, plan(ONE, one, one.url())), one.head());
    }
    URI dead = URI.create("http://127.0.0.1:1");
    refused("rpc_unreachable", OTHER, plan(ONE, one, one.url()), plan(OTHER, other, dead));
    refused("wrong_chain", OTHER, plan(ONE, one, one.url()), plan(OTHER, other, one.url()));
    EvmAddress again = one.deploy(CreationCode.reputationRegistry(one.identity()));
    ContractChoice others = IndexerRuns.registries(one.identity(), again);
    refused("contract_missing", OTHER, plan(ONE, one, one.url()), plan(OTHER, others, other.url()));
    refused("deployment_replaced", ONE, plan(ONE, others, one.url()));
    try (Lifecycle run = new Lifecycle()) {
      IndexerHost host = start(run, one.url(), other.url());
      assertThat(get(host, "/chains/4711/agents").path("agents")).as("added").hasSize(2);
    }
  }

  private void refused(String code, Caip2ChainId chain, ChainPlan... plans) {
    try (Lifecycle run = new Lifecycle()) {
      assertThatThrownBy(() -> IndexerHost.start(run, plan(run, plans)))
          .isInstanceOfSatisfying(
              StartupException.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo(code);
                assertThat(refusal).hasMessageStartingWith(chain + ": ");
              });
    }
  }

  private FutureTask<Boolean> watch(Lifecycle run, IndexerHost host) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Console console = new Console(stream, stream, true);
    FutureTask<Boolean> well =
        new FutureTask<>(new IndexerWatch(run, host.chains(), console)::untilClosed);
    Thread.ofPlatform().daemon().start(well);
    return well;
  }

  /** What was said in lines that have this. */
  private String said(String text) {
    Awaitility.await().atMost(PATIENCE).until(() -> err().anyMatch(line -> line.contains(text)));
    return String.join("\n", err().filter(line -> line.contains(text)).toList());
  }

  private Stream<String> err() {
    return err.toString(StandardCharsets.UTF_8).lines();
  }

  private IndexerHost start(Lifecycle run, URI ofOne, URI ofOther) throws InterruptedException {
    IndexerHost host = begin(run, ofOne, ofOther);
    IndexerRuns.follow(host, one.head());
    IndexerRuns.follow(host, other.head());
    return host;
  }

  private IndexerHost begin(Lifecycle run, URI ofOne, URI ofOther) {
    return run.inSteps(
        () ->
            IndexerHost.start(run, plan(run, plan(ONE, one, ofOne), plan(OTHER, other, ofOther))));
  }

  private IndexerPlan plan(Lifecycle run, ChainPlan... plans) {
    return new IndexerRuns(folder).plan(run, List.of(plans));
  }

  private static ChainPlan plan(Caip2ChainId chain, Erc8004OnAnvil on, URI node) {
    return plan(chain, IndexerRuns.registries(on.identity(), on.reputation()), node);
  }

  private static ChainPlan plan(Caip2ChainId chain, ContractChoice contracts, URI node) {
    return new ChainPlan(
        Optional.of(chain),
        List.of(node),
        Optional.empty(),
        contracts,
        OptionalLong.empty(),
        HORIZON,
        FileSettings.NONE);
  }

  private static long block(IndexerHost host, Caip2ChainId chain) {
    return get(host, "/status")
        .path("progress")
        .path("reputation-indexer")
        .path(chain.toString())
        .path("block")
        .asLong(-1);
  }

  private static String code(IndexerHost host, String path) {
    return get(host, path).path("code").asString("");
  }

  private static String reason(IndexerHost host) {
    return get(host, "/ready")
        .path("checks")
        .path("reputation-indexer")
        .path("reason")
        .asString("");
  }

  private static void awaitHalted(IndexerHost host, Caip2ChainId chain) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> IndexerRuns.chain(host, chain).halted().isPresent());
  }

  private static void awaitReason(IndexerHost host, String beginning) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                beginning.isEmpty() ? reason(host).isEmpty() : reason(host).startsWith(beginning));
  }
}
