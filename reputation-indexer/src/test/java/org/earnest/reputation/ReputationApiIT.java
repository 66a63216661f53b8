package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.event.DealEvent;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.bindings.event.FeedbackEvent;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.kit.http.OpenApiAgreement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a reader of the index sees, and whether each number can be followed to the chain. */
class ReputationApiIT extends OnSandbox {
  private static final int ROUNDS = 6;
  private static final List<String> COUNTS =
      List.of("closed", "rated", "ratingSum", "missed", "late", "lost");

  @BeforeAll
  void index() throws Exception {
    serve(ROUNDS);
  }

  @AfterAll
  void stop() {
    stopServing();
  }

  @Test
  void describesItsRoutes() {
    assertThat(OpenApiAgreement.differences(indexer.service())).isEmpty();
  }

  @Test
  void showsTheLogsThatEachNumberAddsUp() throws Exception {
    int sources = 0;
    for (JsonNode reputation : reputations()) {
      for (JsonNode settled : reputation.path("settled")) {
        addsUp(settled, list(settled.path("sources")));
        for (JsonNode source : settled.path("sources")) {
          DealEvent.Closed closed = (DealEvent.Closed) event(source, sandbox.escrow());
          assertThat(closed.deal().toString()).isEqualTo(text(source, "deal"));
          assertThat(closed.leg()).isEqualTo(source.path("leg").intValue());
          assertThat(closed.toPayee().add(closed.fee()).toString())
              .isEqualTo(text(source, "gross"));
          sources++;
        }
      }
    }
    assertThat(sources).isGreaterThan(ROUNDS);
  }

  @Test
  void addsTheCurrentEpochUpAndListsItsRecords() throws Exception {
    for (JsonNode reputation : reputations()) {
      Map<String, List<JsonNode>> byRole = new HashMap<>();
      for (JsonNode settled : reputation.path("settled")) {
        if (settled.path("epoch").equals(reputation.path("epoch"))) {
          byRole
              .computeIfAbsent(text(settled, "role"), role -> new ArrayList<>())
              .addAll(list(settled.path("sources")));
        }
      }
      assertThat(reputation.path("totals")).hasSize(byRole.size());
      for (JsonNode total : reputation.path("totals")) {
        List<JsonNode> sources = byRole.getOrDefault(text(total, "role"), List.of());
        addsUp(total, sources);
        assertThat(sourcesAt(text(total, "deals"))).containsExactlyInAnyOrderElementsOf(sources);
      }
      for (JsonNode settled : reputation.path("settled")) {
        assertThat(sourcesAt(text(settled, "deals"))).isEqualTo(list(settled.path("sources")));
      }
    }
  }

  @Test
  void pagesThroughAllRecordsNewestFirst() throws Exception {
    for (BigInteger agent : play.agents) {
      List<JsonNode> all = pages("/agents/" + agent + "/deals?limit=100", "deals");
      assertThat(pages("/agents/" + agent + "/deals?limit=1", "deals")).isEqualTo(all);
      assertThat(pages("/agents/" + agent + "/deals?limit=3", "deals")).isEqualTo(all);
      assertThat(all)
          .isSortedAccordingTo(
              (one, other) ->
                  Long.compare(
                      other.at("/source/blockNumber").longValue(),
                      one.at("/source/blockNumber").longValue()));
      assertThat(all.stream().filter(record -> text(record, "role").equals("payee")))
          .isEqualTo(pages("/agents/" + agent + "/deals?role=payee&limit=2", "deals"));
    }
  }

  @Test
  void showsTheEntriesBehindTheAverage() throws Exception {
    for (JsonNode reputation : reputations()) {
      JsonNode feedback = reputation.path("feedback");
      List<JsonNode> sources = list(feedback.path("sources"));
      long revoked = sources.stream().filter(it -> it.path("revoked").booleanValue()).count();
      assertThat(feedback.path("revoked").longValue()).isEqualTo(revoked);
      assertThat(feedback.path("count").longValue()).isEqualTo(sources.size() - revoked);
      for (JsonNode source : sources) {
        FeedbackEvent.NewFeedback given =
            (FeedbackEvent.NewFeedback) event(source, sandbox.contracts.reputationRegistry());
        assertThat(given.client().hex()).isEqualTo(text(source, "client"));
        assertThat(given.value().toString()).isEqualTo(text(source, "value"));
      }
      List<JsonNode> entries = pages(text(feedback, "entries") + "?limit=2", "feedback");
      assertThat(entries.reversed().stream().map(entry -> text(entry, "transaction")))
          .isEqualTo(sources.stream().map(source -> text(source, "transaction")).toList());
      assertThat(entries.reversed().stream().map(entry -> entry.path("time")))
          .isEqualTo(sources.stream().map(source -> source.path("time")).toList());
    }
  }

  @Test
  void listsAgentsAndKnowsThemByBothNames() throws Exception {
    List<JsonNode> all = pages("/agents?limit=100", "agents");
    assertThat(all).hasSize(play.agents.size() + 1);
    assertThat(pages("/agents?limit=2", "agents")).isEqualTo(all);
    for (JsonNode agent : all) {
      String id = text(agent, "agentId");
      assertThat(id).startsWith(sandbox.contracts.registry() + ":");
      String plain = id.substring(id.lastIndexOf(':') + 1);
      assertThat(json("/agents/" + id, 200).path("agent")).isEqualTo(agent);
      assertThat(json("/agents/" + plain, 200)).isEqualTo(json("/agents/" + id, 200));
    }
  }

  @Test
  void namesTheBlockThatItHoldsFor() throws Exception {
    for (String path : List.of("/agents", "/agents/1", "/agents/1/reputation")) {
      JsonNode at = json(path, 200).path("at");
      assertThat(text(at, "chainId")).isEqualTo("eip155:31337");
      assertThat(text(at, "blockHash")).isEqualTo(sandbox.head().hash().hex());
      assertThat(at.path("blockNumber").longValue()).isEqualTo(sandbox.head().number());
      assertThat(text(at, "finality")).isEqualTo("latest");
    }
  }

  @Test
  void refusesBadInputByCode() throws Exception {
    for (String listing : List.of("", "/reputation", "/deals", "/feedback")) {
      refused("/agents/999999" + listing, 404, "agent_unknown");
      refused("/agents/seven" + listing, 400, "invalid_request");
      refused("/agents/0" + listing, 404, "agent_unknown");
      String elsewhere = "/agents/eip155:1:" + sandbox.contracts.identityRegistry() + ":1";
      refused(elsewhere + listing, 404, "registry_not_followed");
    }
    for (String listing : List.of("/agents", "/agents/1/deals", "/agents/1/feedback")) {
      for (String limit : List.of("0", "101", "many", "-1")) {
        refused(listing + "?limit=" + limit, 400, "invalid_request");
      }
      refused(listing + "?cursor=x", 400, "invalid_cursor");
      refused(listing + "?cursor=" + "A".repeat(600), 400, "invalid_cursor");
    }
    for (String filter : List.of("role=judge", "epoch=-1", "token=me", "tag=0x12")) {
      refused("/agents/1/deals?" + filter, 400, "invalid_request");
    }
    String foreign = text(json("/agents?limit=1", 200), "next");
    refused("/agents/1/deals?cursor=" + foreign, 400, "invalid_cursor");
  }

  private void addsUp(JsonNode numbers, List<JsonNode> sources) {
    BigInteger volume = BigInteger.ZERO;
    Map<String, Long> counts = new HashMap<>();
    for (JsonNode source : sources) {
      volume = volume.add(new BigInteger(text(source, "gross")));
      counts.merge("closed", 1L, Long::sum);
      counts.merge("rated", source.has("rating") ? 1L : 0L, Long::sum);
      counts.merge("ratingSum", source.path("rating").asLong(0), Long::sum);
      for (String flag : List.of("missed", "late", "lost")) {
        counts.merge(flag, source.path(flag).booleanValue() ? 1L : 0L, Long::sum);
      }
    }
    assertThat(text(numbers, "volume")).isEqualTo(volume.toString());
    for (String count : COUNTS) {
      assertThat(numbers.path(count).longValue())
          .as("%s of %s", count, numbers)
          .isEqualTo(counts.getOrDefault(count, 0L));
    }
    assertThat(numbers.has("averageRating")).isEqualTo(counts.getOrDefault("rated", 0L) > 0);
  }

  /** What the log says on chain that an answer names. */
  private Object event(JsonNode source, EvmAddress contract) {
    TransactionReceipt receipt =
        sandbox.chain.receipt(new Hash32(text(source, "transaction"))).orElseThrow();
    assertThat(receipt.block().hash().hex()).isEqualTo(text(source, "blockHash"));
    assertThat(receipt.block().number()).isEqualTo(source.path("blockNumber").longValue());
    assertThat(source.path("time").longValue())
        .isEqualTo(sandbox.chain.blockByHash(receipt.block().hash()).orElseThrow().timestamp());
    ChainLog log =
        receipt.logs().stream()
            .filter(it -> it.ref().logIndex() == source.path("logIndex").intValue())
            .findFirst()
            .orElseThrow();
    assertThat(log.address()).isEqualTo(contract);
    return ((Decoding.Decoded) EventDecoder.decode(log)).event();
  }

  private List<JsonNode> reputations() throws Exception {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode agent : pages("/agents?limit=100", "agents")) {
      all.add(json("/agents/" + text(agent, "agentId") + "/reputation", 200));
    }
    return all;
  }

  private List<JsonNode> sourcesAt(String deals) throws Exception {
    return pages(deals + "&limit=2", "deals").stream()
        .map(record -> record.path("source"))
        .toList();
  }

  private List<JsonNode> pages(String path, String member) throws Exception {
    return api.pages(path, member);
  }

  private void refused(String path, int status, String code) throws Exception {
    api.refused(path, status, code);
  }

  private JsonNode json(String path, int status) throws Exception {
    return api.json(path, status);
  }

  private static List<JsonNode> list(JsonNode array) {
    return array.valueStream().toList();
  }

  private static String text(JsonNode body, String member) {
    return body.path(member).stringValue();
  }
}
