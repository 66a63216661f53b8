package org.earnest.cli.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earnest.cli.indexer.IndexerRuns.get;
import static org.earnest.cli.indexer.IndexerRuns.registries;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.earnest.bindings.call.CreationCode;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The indexer by itself on contracts that somebody else put on a chain. */
class IndexerHostIT {
  private static final int EMPTY_BLOCKS = 40;
  private static final int RATING = 80;

  @TempDir Path folder;
  private Erc8004OnAnvil chain;

  @BeforeEach
  void begin() {
    chain = Erc8004OnAnvil.start(EMPTY_BLOCKS);
    chain.register(1, "https://one.example/agent.json");
    chain.register(2, "https://two.example/agent.json");
    chain.rate(3, 1, RATING);
  }

  @AfterEach
  void end() {
    chain.close();
  }

  @Test
  void followsErc8004AloneThroughSeveralUrlsOneOfWhichIsDead() throws Exception {
    URI otherName = URI.create("http://localhost:" + chain.url().getPort());
    URI dead = URI.create("http://127.0.0.1:1");
    try (Lifecycle run = new Lifecycle()) {
      IndexerHost host = start(run, plan(run, List.of(chain.url(), dead, otherName)));
      assertThat(host.chains().getFirst().fromBlock()).isEqualTo(EMPTY_BLOCKS + 1);
      JsonNode agents = get(host, "/agents").path("agents");
      assertThat(agents).hasSize(2);
      assertThat(agents.get(0).path("agentId").asString())
          .isEqualTo("eip155:31337:" + chain.identity() + ":1");
      JsonNode reputation = get(host, "/agents/1/reputation");
      assertThat(reputation.path("feedback").path("value").asString()).isEqualTo("80");
      assertThat(reputation.path("settled")).isEmpty();
      assertThat(get(host, "/ready").path("status").asString()).isEqualTo("ready");
      chain.rate(4, 1, RATING / 2);
      IndexerRuns.follow(host, chain.head());
      assertThat(get(host, "/agents/1/feedback").path("feedback")).hasSize(2);
    }
  }

  @Test
  void goesOnWhereItWas() throws Exception {
    JsonNode before;
    try (Lifecycle run = new Lifecycle()) {
      before = get(start(run, plan(run)), "/agents/1/reputation");
    }
    try (Lifecycle run = new Lifecycle()) {
      IndexerHost host = start(run, plan(run));
      assertThat(host.chains().getFirst().fromBlock()).isEqualTo(EMPTY_BLOCKS + 1);
      assertThat(get(host, "/agents/1/reputation")).isEqualTo(before);
    }
  }

  @Test
  void refusesAnotherDeploymentAnEarlierBlockAndAnotherChain() throws Exception {
    try (Lifecycle run = new Lifecycle()) {
      start(run, plan(run));
    }
    EvmAddress other = chain.deploy(CreationCode.reputationRegistry(chain.identity()));
    refused(
        "deployment_replaced", registries(chain.identity(), other), OptionalLong.empty(), chain);
    refused("from_block_changed", named(chain), OptionalLong.of(1), chain);
    try (Erc8004OnAnvil elsewhere = Erc8004OnAnvil.start(0, "--chain-id", "4711")) {
      refused("chain_replaced", named(elsewhere), OptionalLong.empty(), elsewhere);
    }
    try (Lifecycle run = new Lifecycle()) {
      assertThat(get(start(run, plan(run)), "/agents").path("agents")).hasSize(2);
    }
  }

  @Test
  void refusesWhatCannotBeFollowed() {
    EvmAddress nobody = new EvmAddress("0x" + "e".repeat(40));
    EvmAddress foreign = chain.deploy(CreationCode.identityRegistry());
    OptionalLong any = OptionalLong.empty();
    refused("contract_missing", registries(nobody, chain.reputation()), any, chain);
    refused("contract_missing", registries(chain.identity(), nobody), any, chain);
    refused("contracts_apart", registries(foreign, chain.reputation()), any, chain);
    refused("contracts_apart", registries(chain.reputation(), chain.identity()), any, chain);
    refused(
        "contracts_apart",
        new ContractChoice.Named(
            chain.identity(),
            chain.reputation(),
            Optional.empty(),
            Optional.of(chain.deploy(CreationCode.dealEscrow(foreign)))),
        any,
        chain);
    refused(
        "contracts_apart",
        new ContractChoice.Named(
            chain.identity(),
            chain.reputation(),
            Optional.of(chain.deploy(CreationCode.validationRegistry(foreign))),
            Optional.empty()),
        any,
        chain);
    refused(
        "deployment_unknown",
        new ContractChoice.Canonical(Optional.empty(), Optional.empty()),
        any,
        chain);
    assertThat(folder.resolve("state/postgres")).as("nothing was started").doesNotExist();
    refused("from_block_unknown", named(chain), OptionalLong.of(1_000_000), chain);
  }

  @Test
  void canonicalRegistriesAreFoundByTheirChain() {
    try (Erc8004OnAnvil sepolia = Erc8004OnAnvil.start(0, "--chain-id", "11155111")) {
      assertThatThrownBy(
              () -> {
                try (Lifecycle run = new Lifecycle()) {
                  start(
                      run,
                      plan(
                          run,
                          List.of(sepolia.url()),
                          new ContractChoice.Canonical(Optional.empty(), Optional.empty()),
                          OptionalLong.empty()));
                }
              })
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("0x8004A818BFB912233c491871b3d84c89A494BD9e")
          .hasMessageContaining("eip155:11155111");
    }
  }

  private void refused(
      String code, ContractChoice contracts, OptionalLong fromBlock, Erc8004OnAnvil on) {
    try (Lifecycle run = new Lifecycle()) {
      assertThatThrownBy(() -> start(run, plan(run, List.of(on.url()), contracts, fromBlock)))
          .isInstanceOfSatisfying(
              StartupException.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo(code);
                assertThat(refusal.remedy()).isNotBlank();
              });
    }
  }

  private static ContractChoice named(Erc8004OnAnvil chain) {
    return registries(chain.identity(), chain.reputation());
  }

  private IndexerHost start(Lifecycle run, IndexerPlan plan) throws InterruptedException {
    return IndexerRuns.start(run, plan, chain.head());
  }

  private IndexerPlan plan(Lifecycle run) {
    return plan(run, List.of(chain.url()));
  }

  private IndexerPlan plan(Lifecycle run, List<URI> urls) {
    return plan(run, urls, named(chain), OptionalLong.empty());
  }

  private IndexerPlan plan(
      Lifecycle run, List<URI> urls, ContractChoice contracts, OptionalLong fromBlock) {
    return new IndexerRuns(folder).plan(run, urls, contracts, fromBlock);
  }
}
