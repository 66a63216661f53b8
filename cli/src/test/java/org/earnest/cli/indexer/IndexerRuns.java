package org.earnest.cli.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.earnest.cli.client.HouseClient;
import org.earnest.cli.house.ProjectFolder;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.follow.FollowSettings;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.reputation.ReputationIndexer;
import tools.jackson.databind.JsonNode;

/** Runs of the indexer that have one state directory below a folder. */
public record IndexerRuns(Path folder) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** These two registries and no escrow. */
  public static ContractChoice registries(EvmAddress identity, EvmAddress reputation) {
    return new ContractChoice.Named(identity, reputation, Optional.empty(), Optional.empty());
  }

  public IndexerPlan plan(
      Lifecycle run, List<URI> urls, ContractChoice contracts, OptionalLong fromBlock) {
    return plan(run, urls, contracts, fromBlock, FollowSettings.DEFAULT_HORIZON);
  }

  public IndexerPlan plan(
      Lifecycle run,
      List<URI> urls,
      ContractChoice contracts,
      OptionalLong fromBlock,
      int horizon) {
    return plan(
        run,
        List.of(
            new ChainPlan(
                Optional.empty(),
                urls,
                Optional.empty(),
                contracts,
                fromBlock,
                horizon,
                FileSettings.NONE)));
  }

  public IndexerPlan plan(Lifecycle run, List<ChainPlan> chains) {
    StateDirectory state = run.start(() -> StateDirectory.open(folder.resolve("state")));
    return new IndexerPlan(
        state,
        ProjectFolder.path().resolve(".earnest/postgresql"),
        Optional.empty(),
        chains,
        true,
        Optional.empty(),
        0,
        Set.of(),
        line -> {});
  }

  /** The same on this port. */
  public static IndexerPlan at(int port, IndexerPlan plan) {
    return new IndexerPlan(
        plan.state(),
        plan.postgresBinaries(),
        plan.databaseUrl(),
        plan.chains(),
        plan.cached(),
        plan.didRegistry(),
        port,
        plan.allowedOrigins(),
        plan.progress());
  }

  /** Starts it, and waits until it has the logs of a block. */
  public static IndexerHost start(Lifecycle run, IndexerPlan plan, BlockRef until)
      throws InterruptedException {
    IndexerHost host = run.inSteps(() -> IndexerHost.start(run, plan));
    follow(host, until);
    return host;
  }

  public static void follow(IndexerHost host, BlockRef until) throws InterruptedException {
    ReputationIndexer indexer = chain(host, until.chain()).indexer();
    assertThat(indexer.awaitBlock(until, PATIENCE))
        .as(() -> indexer.progress().toString())
        .isTrue();
  }

  public static FollowedChain chain(IndexerHost host, Caip2ChainId chain) {
    return host.chains().stream()
        .filter(one -> one.chain().equals(chain))
        .findFirst()
        .orElseThrow();
  }

  public static JsonNode get(IndexerHost host, String path) {
    try (HouseClient client = new HouseClient(host.uri())) {
      return client.get(path).body();
    }
  }
}
