package org.earnest.cli.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.cli.indexer.IndexerRuns.get;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.earnest.cli.client.HouseClient;
import org.earnest.cli.console.Console;
import org.earnest.kit.process.Lifecycle;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an indexer says when something goes wrong under it. */
class IndexerTroubleIT {
  private static final int PATIENCE_SECONDS = 120;
  private static final int HORIZON = 2;

  /** Deeper than the horizon and what is recorded sparsely around it. */
  private static final int TOO_DEEP = 40;

  /** The first block's time, by which its hash is the same each time. */
  private static final String GENESIS = "--timestamp=1700000000";

  @TempDir Path folder;
  private final Lifecycle run = new Lifecycle();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Erc8004OnAnvil chain;

  @BeforeEach
  void begin() {
    chain = Erc8004OnAnvil.start(0, GENESIS);
    chain.register(1, "https://one.example/agent.json");
    chain.rate(2, 1, 70);
    chain.mine(TOO_DEEP);
  }

  @AfterEach
  void end() {
    run.close();
    chain.close();
  }

  @Test
  void aNodeThatFallsSilentIsNamedAndAskedAgain() throws Exception {
    try (FaultyRpcServer node = FaultyRpcServer.proxy(chain.url())) {
      IndexerHost host = start(node.url());
      assertThat(progress(host).path("lagBlocks").asLong(-1)).isZero();
      node.failAll(RpcFault.DROPPED_BEFORE);
      awaitStatus(host, 503);
      String reason = "cannot follow the chain now: the chain's node does not answer";
      assertThat(reason(host)).isEqualTo(reason);
      assertThat(progress(host).path("fault").asString()).isEqualTo(reason);
      assertThat(meter(host, "moving")).isZero();
      assertThat(get(host, "/agents").path("agents")).as("old, not unreadable").hasSize(1);
      node.recover();
      chain.register(3, "https://two.example/agent.json");
      awaitStatus(host, 200);
      IndexerRuns.follow(host, chain.head());
      assertThat(get(host, "/agents").path("agents")).hasSize(2);
      assertThat(host.chains().getFirst().halted()).isEmpty();
    }
  }

  @Test
  void metersAndStatusTellTheSame() throws Exception {
    IndexerHost host = start(chain.url());
    JsonNode progress = progress(host);
    assertThat(progress.path("block").asLong()).isEqualTo(chain.head().number());
    assertThat(progress.path("head").asLong()).isEqualTo(chain.head().number());
    assertThat(progress.path("percent").asDouble()).isEqualTo(100);
    assertThat(progress.path("events").asLong()).isPositive();
    assertThat(progress.path("chainId").asString()).isEqualTo("eip155:31337");
    for (String figure : List.of("block", "head")) {
      assertThat(meter(host, figure)).isEqualTo(progress.path(figure).asLong());
    }
    assertThat(meter(host, "events_total")).isEqualTo(progress.path("events").asLong());
    assertThat(meter(host, "lag_blocks")).isZero();
    assertThat(meter(host, "lag_seconds")).isZero();
    assertThat(meter(host, "reorganisations_total")).isZero();
    chain.reorganise(1);
    IndexerRuns.follow(host, chain.head());
    assertThat(meter(host, "reorganisations_total")).isEqualTo(1);
  }

  @Test
  void aReorganisationBeyondTheHorizonEndsTheRun() throws Exception {
    try (Lifecycle first = new Lifecycle()) {
      IndexerRuns.start(first, plan(first, chain.url()), chain.head());
    }
    // A longer chain with the same beginning is what a deep reorganisation looks like.
    chain.close();
    chain = Erc8004OnAnvil.start(0, GENESIS);
    chain.register(2, "https://another.example/agent.json");
    chain.mine(2 * TOO_DEEP);
    IndexerHost host = run.inSteps(() -> IndexerHost.start(run, plan(run, chain.url())));
    Awaitility.await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> host.chains().getFirst().halted().isPresent());
    awaitStatus(host, 503);
    assertThat(reason(host)).contains("more than " + HORIZON + " blocks deep", "--fresh");
    // Begun when all is asked, as it ends the host. Not in the common pool, whose one thread the
    // HTTP clients need on a small machine.
    FutureTask<Boolean> well = new FutureTask<>(watch(host)::untilClosed);
    Thread.ofPlatform().daemon().start(well);
    assertThat(well.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isFalse();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("[reorganisation_too_deep]", "--fresh");
    assertThat(run.awaitClosed(Duration.ZERO)).isTrue();
  }

  private IndexerWatch watch(IndexerHost host) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Console console = new Console(stream, stream, true);
    return new IndexerWatch(run, host.chains(), console);
  }

  private static String reason(IndexerHost host) {
    return get(host, "/ready").path("checks").path("reputation-indexer").path("reason").asString();
  }

  private IndexerHost start(URI node) throws InterruptedException {
    return IndexerRuns.start(run, plan(run, node), chain.head());
  }

  private IndexerPlan plan(Lifecycle owner, URI node) {
    return new IndexerRuns(folder)
        .plan(
            owner,
            List.of(node),
            IndexerRuns.registries(chain.identity(), chain.reputation()),
            OptionalLong.empty(),
            HORIZON);
  }

  private static JsonNode progress(IndexerHost host) {
    return get(host, "/status").path("progress").path("reputation-indexer");
  }

  private static long meter(IndexerHost host, String name) {
    String line = "earnest_indexer_" + name + "{";
    return get(host, "/metrics")
        .asString()
        .lines()
        .filter(text -> text.startsWith(line))
        .map(text -> (long) Double.parseDouble(text.substring(text.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no meter " + line));
  }

  private static void awaitStatus(IndexerHost host, int status) {
    Awaitility.await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .pollInterval(100, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              try (HouseClient client = new HouseClient(host.uri())) {
                return client.get("/ready").status() == status;
              }
            });
  }
}
