package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.earnest.bindings.call.DealEscrowReads;
import org.earnest.bindings.call.IdentityRegistryReads;
import org.earnest.bindings.call.ReputationRegistryReads;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.earnest.core.identity.AgentId;
import org.earnest.kit.follow.FollowHaltedException;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.OpenApiAgreement;
import org.earnest.kit.json.StrictJson;
import org.earnest.reputation.fold.SummaryKey;
import org.earnest.reputation.store.ReputationQueries;
import org.earnest.reputation.store.ReputationStore;
import org.earnest.testkit.chain.AnvilProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The index against the contracts themselves, through deals, reorganisations and restarts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReputationIT {
  private static final BlockTag LATEST = BlockTag.Named.LATEST;
  private static final long SEED = 5_318_008;
  private static final int SELLERS = 4;

  private Sandbox sandbox;
  private RandomDeals play;

  @BeforeAll
  void begin(@TempDir Path folder) throws Exception {
    sandbox = new Sandbox(folder);
    play = new RandomDeals(sandbox, SEED, SELLERS);
  }

  @AfterAll
  void end() throws Exception {
    sandbox.close();
  }

  @Test
  void equalsTheContractsThroughDealsSalesAndReorganisations() throws Exception {
    try (ReputationIndexer indexer = sandbox.indexer()) {
      for (int round = 0; round < 12; round++) {
        play.deal();
        play.feedback();
        if (round % 4 == 2) {
          play.sale();
        }
        if (round % 3 == 1) {
          sandbox.followed(indexer);
          String before = sandbox.snapshot();
          play.deal();
          play.feedback();
          sandbox.followed(indexer);
          sandbox.revert(before);
          equalsTheContracts(indexer);
          sandbox.reorganise(1 + round * 2);
        }
        equalsTheContracts(indexer);
      }
      assertThat(new ReputationQueries(sandbox.database, sandbox.chain.chainId()).quarantined())
          .isZero();
    }
  }

  @Test
  void isTheSameAfterARestartAndAfterReadingTheChainAnew() throws Exception {
    play.deal();
    play.feedback();
    Map<String, JsonNode> first;
    try (ReputationIndexer indexer = sandbox.indexer()) {
      sandbox.followed(indexer);
      first = everything(indexer);
    }
    try (ReputationIndexer indexer = sandbox.indexer()) {
      sandbox.followed(indexer);
      assertThat(everything(indexer)).isEqualTo(first);
    }
    sandbox.database.run(
        handle -> {
          handle.execute("drop schema reputation cascade");
        });
    try (ReputationIndexer indexer = sandbox.indexer()) {
      sandbox.followed(indexer);
      assertThat(everything(indexer)).isEqualTo(first);
    }
  }

  @Test
  void answersOverHttpWithSourcesAndStamp() throws Exception {
    play.deal();
    play.feedback();
    try (ReputationIndexer indexer = sandbox.indexer();
        Host host = Host.builder().mount(indexer.service()).start()) {
      sandbox.followed(indexer);
      assertThat(OpenApiAgreement.differences(indexer.service())).isEmpty();
      JsonNode page = json(host, "/agents?limit=2", 200);
      assertThat(page.path("agents")).hasSize(2);
      JsonNode next = json(host, "/agents?limit=2&cursor=" + page.path("next").stringValue(), 200);
      assertThat(next.path("agents").get(0).path("agentId").stringValue())
          .isEqualTo(sandbox.contracts.registry() + ":3");

      JsonNode reputation = json(host, "/agents/1/reputation", 200);
      assertThat(reputation.path("at").path("chainId").stringValue()).isEqualTo("eip155:31337");
      assertThat(reputation.path("settled")).isNotEmpty();
      for (JsonNode settled : reputation.path("settled")) {
        BigInteger volume = BigInteger.ZERO;
        long rated = 0;
        for (JsonNode source : settled.path("sources")) {
          volume = volume.add(new BigInteger(source.path("gross").stringValue()));
          rated += source.has("rating") ? 1 : 0;
        }
        assertThat(volume).isEqualTo(new BigInteger(settled.path("volume").stringValue()));
        assertThat(rated).isEqualTo(settled.path("rated").longValue());
        assertThat(settled.path("sources").size()).isEqualTo(settled.path("closed").intValue());
      }
      assertThat(json(host, "/agents/" + sandbox.contracts.registry() + ":1", 200).path("agent"))
          .isEqualTo(json(host, "/agents/1", 200).path("agent"));
    }
  }

  @Test
  void refusesBadInputByCode() throws Exception {
    try (ReputationIndexer indexer = sandbox.indexer();
        Host host = Host.builder().mount(indexer.service()).start()) {
      sandbox.followed(indexer);
      refused(host, "/agents/999999", 404, "agent_unknown");
      refused(host, "/agents/999999/reputation", 404, "agent_unknown");
      refused(host, "/agents/999999/feedback", 404, "agent_unknown");
      refused(host, "/agents/seven", 400, "invalid_request");
      refused(host, "/agents/0", 400, "invalid_request");
      refused(host, "/agents?limit=0", 400, "invalid_request");
      refused(host, "/agents?limit=101", 400, "invalid_request");
      refused(host, "/agents?limit=many", 400, "invalid_request");
      refused(host, "/agents?cursor=x", 400, "invalid_cursor");
      refused(host, "/agents/1/feedback?cursor=x", 400, "invalid_cursor");
      refused(
          host,
          "/agents/eip155:1:" + sandbox.contracts.identityRegistry() + ":1",
          404,
          "registry_not_followed");
    }
  }

  @Test
  void quarantinesAnEventWithoutSenseAndGoesOn() throws Exception {
    sandbox.indexer().close();
    ReputationStore store = new ReputationStore(sandbox.database, sandbox.contracts);
    ReputationQueries queries = new ReputationQueries(sandbox.database, sandbox.chain.chainId());
    long before = queries.quarantined();
    BlockRef cursor = store.cursor().orElseThrow();
    BlockRef fake =
        new BlockRef(cursor.chain(), cursor.number() + 1, new Hash32("0x" + "ba".repeat(32)));
    Hash32 closed =
        new Hash32(
            org.web3j.abi.EventEncoder.encode(
                org.earnest.bindings.contract.DealEscrow.CLOSED_EVENT));
    Hash32 word = new Hash32("0x" + "ff".repeat(32));
    EvmAddress from = sandbox.contracts.dealEscrow();
    store.append(
        cursor,
        fake,
        List.of(
            new ChainLog(new LogRef(fake, word, 0), from, List.of(closed, word, word), "0x", false),
            new ChainLog(
                new LogRef(fake, word, 1),
                from,
                List.of(closed, word, word),
                "0x" + "00".repeat(12 * 32),
                false)));
    assertThat(queries.quarantined() - before).isEqualTo(2);
    assertThat(store.cursor()).isEqualTo(Optional.of(fake));
    try (ReputationIndexer indexer = sandbox.indexer()) {
      sandbox.followed(indexer);
      assertThat(queries.quarantined()).as("the chain never had them").isEqualTo(before);
    }
  }

  @Test
  void doesNotStartOnAnotherChain() {
    sandbox.indexer().close();
    try (AnvilProcess other = AnvilProcess.start("--timestamp", "1000000000")) {
      assertThatThrownBy(
              () ->
                  ReputationIndexer.start(
                          JsonRpcChainReader.connect(HttpJsonRpc.to(other.url())),
                          sandbox.contracts,
                          sandbox.database,
                          new SimpleMeterRegistry())
                      .close())
          .isInstanceOfSatisfying(
              FollowHaltedException.class,
              halted -> assertThat(halted.code()).isEqualTo("chain_replaced"));
    }
  }

  private void equalsTheContracts(ReputationIndexer indexer) throws Exception {
    sandbox.followed(indexer);
    DealEscrowReads escrow = new DealEscrowReads(sandbox.chain, sandbox.contracts.dealEscrow());
    for (SummaryKey key : play.touched) {
      assertThat(indexer.settled(agent(key.agentId()), key.epoch(), key.token(), key.tag()))
          .as("seed %d, %s", SEED, key)
          .isEqualTo(escrow.settled(key.agentId(), key.epoch(), key.token(), key.tag(), LATEST));
    }
    agentsEqualTheContracts();
  }

  private void agentsEqualTheContracts() {
    var registry = new IdentityRegistryReads(sandbox.chain, sandbox.contracts.identityRegistry());
    var feedback =
        new ReputationRegistryReads(sandbox.chain, sandbox.contracts.reputationRegistry());
    var queries = new ReputationQueries(sandbox.database, sandbox.chain.chainId());
    for (BigInteger agent : play.agents) {
      var read = queries.reputation(agent).orElseThrow().value().orElseThrow();
      var binding = registry.binding(agent, LATEST);
      assertThat(Optional.of(read.agent().state().owner()))
          .isEqualTo(registry.owner(agent, LATEST));
      assertThat(read.agent().state().wallet().orElse(EvmAddress.ZERO)).isEqualTo(binding.wallet());
      assertThat(read.agent().state().epoch()).isEqualTo(binding.epoch());
      assertThat(Optional.of(read.agent().state().uri()))
          .isEqualTo(registry.agentUri(agent, LATEST));
      if (!play.raters.isEmpty()) {
        var average = feedback.summary(agent, List.copyOf(play.raters), "", "", LATEST);
        assertThat(read.feedback())
            .as("seed %d, agent %s", SEED, agent)
            .isEqualTo(
                new org.earnest.reputation.fold.FeedbackSummary(
                    average.count(), average.value(), average.decimals()));
      }
    }
  }

  private Map<String, JsonNode> everything(ReputationIndexer indexer) throws Exception {
    Map<String, JsonNode> all = new TreeMap<>();
    try (Host host = Host.builder().mount(indexer.service()).start()) {
      all.put("agents", json(host, "/agents?limit=100", 200));
      for (int agent = 1; agent <= SELLERS + 1; agent++) {
        all.put("reputation " + agent, json(host, "/agents/" + agent + "/reputation", 200));
        all.put("feedback " + agent, json(host, "/agents/" + agent + "/feedback?limit=100", 200));
      }
    }
    return all;
  }

  private AgentId agent(BigInteger id) {
    return new AgentId(sandbox.contracts.registry(), id);
  }

  private static void refused(Host host, String path, int status, String code) throws Exception {
    JsonNode problem = json(host, path, status);
    assertThat(problem.path("code").stringValue()).as(path).isEqualTo(code);
    assertThat(problem.path("detail").stringValue()).isNotBlank();
  }

  private static JsonNode json(Host host, String path, int status) throws Exception {
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(host.uri() + path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).as(path).isEqualTo(status);
    return StrictJson.readTree(response.body());
  }
}
