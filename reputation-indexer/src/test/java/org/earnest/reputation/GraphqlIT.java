package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.earnest.core.chain.BlockTag;
import org.earnest.kit.http.OpenApiAgreement;
import org.earnest.reputation.graph.Bounds;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a client of the agent0 subgraph asks. */
class GraphqlIT extends OnGraphql {
  @Test
  void describesItsRoutes() throws Exception {
    assertThat(OpenApiAgreement.differences(service)).isEmpty();
    assertThat(new String(graph.get("/graphql/schema").body(), StandardCharsets.UTF_8))
        .contains("input Agent_filter {")
        .contains("mcpEndpoint_not: String");
    assertThat(
            data("{ __schema { types { name fields { name args { name type { name ofType { name ofType { name } } } } } } } }")
                .at("/__schema/types"))
        .isNotEmpty();
  }

  @Test
  void saysForWhichBlockItHolds() throws Exception {
    JsonNode answer =
        ask("{ _meta { deployment hasIndexingErrors block { number hash timestamp } } }", Map.of());
    JsonNode block = answer.at("/data/_meta/block");
    assertThat(text(block, "hash")).isEqualTo(sandbox.head().hash().hex());
    assertThat(block.path("number").longValue()).isEqualTo(sandbox.head().number());
    assertThat(block.path("timestamp").longValue()).isEqualTo(sandbox.now());
    assertThat(answer.at("/data/_meta/deployment").stringValue())
        .isEqualTo(sandbox.contracts.registry().toString());
    assertThat(answer.at("/data/_meta/hasIndexingErrors").booleanValue()).isFalse();
    assertThat(answer.at("/extensions/at/blockHash")).isEqualTo(block.path("hash"));
    assertThat(
            text(
                data("{ protocols { id identityRegistry } }").at("/protocols/0"),
                "identityRegistry"))
        .isEqualTo(sandbox.contracts.identityRegistry().hex());
  }

  @Test
  void tellsOfAgentsWhatTheOtherRoutesTell() throws Exception {
    List<JsonNode> listed = api.pages("/agents?limit=100", "agents");
    List<JsonNode> agents = new ArrayList<>();
    // The node is asked for so many times and no more for one query.
    for (int skip = 0; skip < listed.size(); skip += Bounds.MAX_TIMES / 3) {
      data("{ agents(first: %d, skip: %d, orderBy: totalFeedback, orderDirection: desc) { id agentId owner agentURI agentURIType agentWallet createdAt updatedAt lastActivity totalFeedback registrationFile { name } } }"
              .formatted(Bounds.MAX_TIMES / 3, skip))
          .path("agents")
          .forEach(agents::add);
    }
    assertThat(agents).hasSameSizeAs(listed);
    Map<String, JsonNode> byId =
        agents.stream().collect(Collectors.toMap(it -> text(it, "agentId"), it -> it));
    for (JsonNode agent : listed) {
      String number = text(agent, "agentId").replaceAll(".*:", "");
      JsonNode same = Objects.requireNonNull(byId.get(number), number);
      assertThat(text(same, "id")).isEqualTo(sandbox.chain.chainId().reference() + ":" + number);
      assertThat(same.path("owner")).isEqualTo(agent.path("owner"));
      assertThat(text(same, "totalFeedback"))
          .isEqualTo(agent.at("/standing/feedbackCount").toString());
      assertThat(same.path("registrationFile").isNull())
          .isEqualTo(!number.equals(lingua.toString()));
      long registered = agent.path("registeredBlock").longValue();
      assertThat(text(same, "createdAt")).isEqualTo(Long.toString(time(registered)));
      assertThat(text(same, "lastActivity"))
          .isEqualTo(Long.toString(time(agent.at("/standing/lastActiveBlock").longValue())));
    }
    assertThat(agents.stream().map(it -> new BigInteger(text(it, "totalFeedback"))).toList())
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void tellsFeedbackWithWhatBelongsToIt() throws Exception {
    String body =
        " id feedbackIndex clientAddress value tag1 endpoint feedbackURI feedbackURIType feedbackHash"
            + " isRevoked createdAt revokedAt agent { id totalFeedback }"
            + " responses { id responder responseUri createdAt feedback { id } }"
            + " feedbackFile { state }";
    List<JsonNode> all =
        data("{ feedbacks(first: 100, orderBy: createdAt) {" + body + " } }")
            .path("feedbacks")
            .valueStream()
            .toList();
    assertThat(all).hasSize(ROUNDS);
    int answered = 0;
    for (JsonNode entry : all) {
      String[] id = text(entry, "id").split(":", -1);
      JsonNode same =
          api.json("/agents/" + id[1] + "/feedback?client=" + id[2], 200).at("/feedback/0");
      assertThat(new BigDecimal(text(entry, "value")))
          .isEqualByComparingTo(
              new BigDecimal(
                  new BigInteger(text(same, "value")), same.path("valueDecimals").intValue()));
      assertThat(entry.path("isRevoked")).isEqualTo(same.path("revoked"));
      assertThat(entry.path("revokedAt").isNull()).isEqualTo(!same.path("revoked").booleanValue());
      assertThat(text(entry, "createdAt"))
          .isEqualTo(Long.toString(time(same.path("blockNumber").longValue())));
      assertThat(entry.path("responses")).hasSize(same.path("responseCount").intValue());
      for (JsonNode response : entry.path("responses")) {
        assertThat(response.at("/feedback/id")).isEqualTo(entry.path("id"));
        answered++;
      }
      assertThat(
              data(
                      "query Q($id: ID!) { feedback(id: $id) {" + body + " } }",
                      Map.of("id", text(entry, "id")))
                  .path("feedback"))
          .isEqualTo(entry);
    }
    assertThat(answered).isPositive();
    List<JsonNode> kept =
        data("{ feedbacks(where: {isRevoked: false}, orderBy: value, orderDirection: desc) {"
                + body
                + " } }")
            .path("feedbacks")
            .valueStream()
            .toList();
    assertThat(kept)
        .containsExactlyInAnyOrderElementsOf(
            all.stream().filter(it -> !it.path("isRevoked").booleanValue()).toList());
    assertThat(kept.stream().map(it -> new BigDecimal(text(it, "value"))).toList())
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void readsNestedListsTogether() throws Exception {
    JsonNode agents =
        data("{ agents(first: 100) { id feedback(first: 3, where: {tag1_starts_with: \"qual\"},"
                + " orderBy: createdAt, orderDirection: desc) { id agent { id feedback(first: 1)"
                + " { id } } responses(first: 1) { id } } } }")
            .path("agents");
    assertThat(agents.size()).isGreaterThan(CROWD);
    int found = 0;
    for (JsonNode agent : agents) {
      for (JsonNode entry : agent.path("feedback")) {
        assertThat(entry.at("/agent/id")).isEqualTo(agent.path("id"));
        assertThat(entry.at("/agent/feedback")).hasSize(1);
        found++;
      }
    }
    assertThat(found).isGreaterThan(1);
  }

  @Test
  void goesThroughPages() throws Exception {
    List<String> all = ids(data("{ agents(first: 1000) { id } }").path("agents"));
    List<String> byId = new ArrayList<>();
    String last = sandbox.chain.chainId().reference() + ":0";
    while (byId.size() < all.size()) {
      List<String> page =
          ids(
              data(
                      "query Next($last: ID!) { agents(first: 40, where: {id_gt: $last}) { id } }",
                      Map.of("last", last))
                  .path("agents"));
      assertThat(page).isNotEmpty();
      byId.addAll(page);
      last = page.getLast();
    }
    assertThat(byId).isEqualTo(all);
    List<String> skipped = new ArrayList<>();
    for (int skip = 0; skip < all.size(); skip += 30) {
      skipped.addAll(ids(data("{ agents(first: 30, skip: " + skip + ") { id } }").path("agents")));
    }
    assertThat(skipped).isEqualTo(all);
  }

  /** As the agent0 SDK asks, whose variable for an id is a text. */
  @Test
  void answersAQueryOfTheSdk() throws Exception {
    JsonNode agent =
        data(
                "query GetAgent($agentId: String!) { agent(id: $agentId) { id chainId agentId owner"
                    + " operators agentURI agentURIType agentWallet createdAt updatedAt"
                    + " totalFeedback lastActivity registrationFile { id agentId name description"
                    + " image active x402Support supportedTrusts mcpEndpoint mcpVersion a2aEndpoint"
                    + " a2aVersion webEndpoint emailEndpoint hasOASF oasfSkills oasfDomains ens did"
                    + " mcpTools mcpPrompts mcpResources a2aSkills } } }",
                Map.of("agentId", sandbox.chain.chainId().reference() + ":" + lingua))
            .path("agent");
    assertThat(text(agent.path("registrationFile"), "name")).isEqualTo("Lingua");
    assertThat(agent.path("operators")).hasToString("[\"" + OPERATOR + "\"]");
    List<String> theirs =
        ids(
            data("{ agents(first: 1000, where: {operators_contains: [\""
                    + OPERATOR
                    + "\"]}) { id } }")
                .path("agents"));
    assertThat(theirs).contains(text(agent, "id"));
    assertThat(
            ids(
                data("{ agents(first: 1000, where: {owner: \"%s\"}) { id } }"
                        .formatted(text(agent, "owner")))
                    .path("agents")))
        .isEqualTo(theirs);
  }

  @Test
  void tellsMetadataThatWasSaidLast() throws Exception {
    String id = sandbox.chain.chainId().reference() + ":" + lingua;
    JsonNode all =
        data(
                "query AgentMetadatas($where: AgentMetadata_filter, $first: Int!, $skip: Int!) {"
                    + " agentMetadatas(where: $where, first: $first, skip: $skip) { id key value"
                    + " updatedAt agent { id } } }",
                Map.of("where", Map.of("agent_in", List.of(id)), "first", 10, "skip", 0))
            .path("agentMetadatas");
    Map<String, String> values =
        all.valueStream().collect(Collectors.toMap(it -> text(it, "key"), it -> text(it, "value")));
    assertThat(values).containsEntry("colour", "0x626c7565").containsEntry("shape", "0x");
    assertThat(all.valueStream().map(it -> text(it, "id"))).contains(id + ":colour");
    assertThat(
            data("{ agents(where: {id: \"%s\"}) { metadata(where: {key: \"colour\"}) { value } } }"
                    .formatted(id))
                .at("/agents/0/metadata"))
        .hasToString("[{\"value\":\"0x626c7565\"}]");
  }

  @Test
  void tellsWhatValidatorsAnsweredLast() throws Exception {
    String id = sandbox.chain.chainId().reference() + ":" + lingua;
    String fields =
        "id agent { id } validatorAddress requestUri requestHash response responseUri responseHash"
            + " tag status createdAt updatedAt";
    JsonNode all = data("{ validations { " + fields + " } }").path("validations");
    assertThat(ids(all)).containsExactly(ANSWERED.hex(), UNANSWERED.hex());
    JsonNode answered = all.path(0);
    assertThat(answered.at("/agent/id").stringValue()).isEqualTo(id);
    assertThat(text(answered, "validatorAddress")).isEqualTo(VALIDATOR.hex());
    assertThat(answered.path("response").intValue()).isEqualTo(30);
    assertThat(text(answered, "responseUri")).isEqualTo("https://v.example/30");
    assertThat(text(answered, "tag")).isEqualTo("tee");
    assertThat(text(answered, "status")).isEqualTo("COMPLETED");
    assertThat(answered.path("responseHash").isNull()).isTrue();
    assertThat(Long.parseLong(text(answered, "updatedAt")))
        .isGreaterThanOrEqualTo(Long.parseLong(text(answered, "createdAt")));
    JsonNode unanswered = all.path(1);
    assertThat(text(unanswered, "status")).isEqualTo("PENDING");
    assertThat(unanswered.path("response").isNull()).isTrue();
    assertThat(unanswered.path("updatedAt")).isEqualTo(unanswered.path("createdAt"));

    assertThat(
            data(
                    "query V($id: String!) { validation(id: $id) { response } }",
                    Map.of("id", ANSWERED.hex().toUpperCase(Locale.ROOT).replace("0X", "0x")))
                .at("/validation/response")
                .intValue())
        .isEqualTo(30);
    for (String filter :
        List.of(
            "status: COMPLETED",
            "response_lt: 31",
            "tag: \"tee\"",
            "id_in: [\"" + ANSWERED + "\"]",
            "validatorAddress: \"" + VALIDATOR + "\", response_not: null")) {
      assertThat(
              ids(
                  data("{ agents(where: {id: \"%s\"}) { validations(where: {%s}) { id } } }"
                          .formatted(id, filter))
                      .at("/agents/0/validations")))
          .as(filter)
          .containsExactly(ANSWERED.hex());
    }
    assertThat(
            text(
                data("{ protocols { validationRegistry } }").at("/protocols/0"),
                "validationRegistry"))
        .isEqualTo(sandbox.contracts.validationRegistry().orElseThrow().hex());
  }

  @Test
  void answersForTheBlockThatItHoldsAndNoOther() throws Exception {
    long head = sandbox.head().number();
    String hash = sandbox.head().hash().hex();
    for (String block :
        List.of("number: " + head, "number_gte: " + (head - 1), "hash: \"" + hash + "\"")) {
      assertThat(data("{ agents(first: 1, block: {%s}) { id } }".formatted(block)).path("agents"))
          .as(block)
          .hasSize(1);
    }
    for (String block :
        List.of(
            "number: " + (head - 1),
            "number_gte: " + (head + 1),
            "hash: \"0x" + "00".repeat(32) + "\"")) {
      refused("{ agents(first: 1, block: {%s}) { id } }".formatted(block), "block_not_held");
      refused("{ _meta(block: {%s}) { deployment } }".formatted(block), "block_not_held");
      refused("{ agent(id: \"1:1\", block: {%s}) { id } }".formatted(block), "block_not_held");
    }
  }

  @Test
  void comparesTimes() throws Exception {
    List<JsonNode> all =
        data("{ feedbacks(first: 100, orderBy: createdAt) { id createdAt } }")
            .path("feedbacks")
            .valueStream()
            .toList();
    for (String operator : List.of("gt", "gte", "lt", "lte")) {
      for (long offset = -1; offset <= 1; offset++) {
        for (JsonNode entry : all) {
          long time = Long.parseLong(text(entry, "createdAt")) + offset;
          assertThat(
                  ids(
                      data("{ feedbacks(first: 100, orderBy: createdAt, where: {createdAt_%s: \"%d\"}) { id } }"
                              .formatted(operator, time))
                          .path("feedbacks")))
              .as("%s %d", operator, time)
              .isEqualTo(
                  all.stream()
                      .filter(it -> holds(operator, Long.parseLong(text(it, "createdAt")), time))
                      .map(it -> text(it, "id"))
                      .toList());
        }
      }
    }
    assertThat(
            data("{ agents(where: {createdAt_gt: \"99999999999999999999\"}) { id } }")
                .path("agents"))
        .isEmpty();
    assertThat(data("{ agents(where: {createdAt_gte: \"0\"}) { id } }").path("agents"))
        .isNotEmpty();
  }

  private static boolean holds(String operator, long left, long right) {
    return switch (operator) {
      case "gt" -> left > right;
      case "gte" -> left >= right;
      case "lt" -> left < right;
      default -> left <= right;
    };
  }

  private long time(long block) {
    return sandbox.chain.block(new BlockTag.Height(block)).orElseThrow().timestamp();
  }
}
