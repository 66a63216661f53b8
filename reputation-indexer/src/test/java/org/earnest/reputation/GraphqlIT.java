package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.core.chain.BlockTag;
import org.earnest.kit.fetch.GuardedFetcher;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.OpenApiAgreement;
import org.earnest.kit.json.StrictJson;
import org.earnest.reputation.edge.GraphqlService;
import org.earnest.reputation.file.FileSource;
import org.earnest.reputation.graph.Bounds;
import org.earnest.reputation.reading.ReferencedFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a client of the agent0 subgraph asks, and what somebody hostile does. */
class GraphqlIT extends OnSandbox {
  private static final int ROUNDS = 8;

  /** More than a query may take reads. */
  private static final int CROWD = 70;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private GuardedFetcher fetcher;
  private ReferencedFiles files;
  private GraphqlService service;
  private Host graphHost;
  private Api graph;
  private BigInteger lingua;

  @BeforeAll
  void index() throws Exception {
    lingua = sandbox.register(sandbox.buyer.address(), "");
    sandbox.send(
        sandbox.buyer.address(),
        new IdentityRegistryCalls(sandbox.contracts.identityRegistry())
            .setAgentUri(lingua, "data:application/json," + card(lingua)));
    for (int i = 0; i < CROWD; i++) {
      sandbox.register(sandbox.buyer.address(), "data:application/json," + card(lingua));
    }
    serve(ROUNDS);
    fetcher = new GuardedFetcher(FileSource.policy(Set.of()));
    files =
        ReferencedFiles.start(
            sandbox.database,
            sandbox.chain,
            new FileSource(fetcher, Optional.empty()),
            Set.of(sandbox.token),
            InstantSource.system(),
            new SimpleMeterRegistry());
    service =
        new GraphqlService(sandbox.database, sandbox.chain, sandbox.contracts, indexer::progress);
    graphHost = Host.builder().mount(service).start();
    graph = new Api(graphHost);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                !data("{ agentRegistrationFiles { id } }")
                    .at("/agentRegistrationFiles/0")
                    .isMissingNode());
  }

  @AfterAll
  void stop() throws Exception {
    graphHost.close();
    files.close();
    fetcher.close();
    stopServing();
  }

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
    JsonNode agents =
        data("{ agents(first: 1000, orderBy: totalFeedback, orderDirection: desc) { id agentId owner"
                + " agentURI agentURIType agentWallet createdAt updatedAt lastActivity"
                + " totalFeedback registrationFile { name } } }")
            .path("agents");
    List<JsonNode> listed = api.pages("/agents?limit=100", "agents");
    assertThat(agents).hasSameSizeAs(listed);
    Map<String, JsonNode> byId =
        agents.valueStream().collect(Collectors.toMap(it -> text(it, "agentId"), it -> it));
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
    assertThat(agents.valueStream().map(it -> new BigInteger(text(it, "totalFeedback"))).toList())
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

  @Test
  void findsAgentsByTheirFiles() throws Exception {
    JsonNode found =
        data(
                "query Mcp($trust: String!) { agentRegistrationFiles(where: {mcpEndpoint_not: null,"
                    + " active: true, supportedTrusts_contains: [$trust], name_contains_nocase: \"LING\"},"
                    + " first: 100, orderBy: createdAt, orderDirection: desc) { id agentId name description image"
                    + " active x402Support supportedTrusts mcpEndpoint mcpVersion mcpTools mcpPrompts"
                    + " mcpResources a2aSkills oasfDomains hasOASF ens did createdAt agent { id } } }",
                Map.of("trust", "reputation"))
            .path("agentRegistrationFiles");
    assertThat(found).hasSize(1);
    JsonNode file = found.get(0);
    assertThat(text(file, "name")).isEqualTo("Lingua");
    assertThat(file.path("mcpTools")).hasToString("[\"translate\"]");
    assertThat(text(file, "did")).isEqualTo("did:web:lingua.example");
    assertThat(file.path("ens").isNull()).isTrue();
    assertThat(file.at("/agent/id")).isEqualTo(file.path("id"));
    for (String where :
        List.of(
            "{registrationFile_: {mcpTools_contains_nocase: [\"TRANSLATE\"]}}",
            "{registrationFile_not: null}",
            "{or: [{registrationFile_: {name_starts_with: \"Ling\", hasOASF: false}}, {owner: \"0x00\"}]}",
            "{and: [{registrationFile_: {did_ends_with: \".example\"}}, {agentURIType_in: [\"data\"]}]}")) {
      assertThat(ids(data("{ agents(where: " + where + ") { id } }").path("agents")))
          .as(where)
          .containsExactly(text(file, "id"));
    }
    assertThat(
            data("{ feedbacks(where: {agent_: {registrationFile_not: null}}) { id } }")
                .path("feedbacks"))
        .isEmpty();
  }

  @Test
  void answersWithNothingForWhatIsNotThere() throws Exception {
    for (String id : List.of("1:1", "31337:999", "x", "", "31337:1:0x00:1")) {
      assertThat(
              data("query Q($id: ID!) { agent(id: $id) { id } }", Map.of("id", id))
                  .path("agent")
                  .isNull())
          .as(id)
          .isTrue();
      assertThat(
              data("query Q($id: ID!) { feedback(id: $id) { id } }", Map.of("id", id))
                  .path("feedback")
                  .isNull())
          .isTrue();
    }
    assertThat(data("{ agents(where: {id_in: []}) { id } }").path("agents")).isEmpty();
    assertThat(data("{ agents(where: {id_in: [\"1:1\"]}) { id } }").path("agents")).isEmpty();
  }

  @Test
  void refusesWhatIsTooMuch() throws Exception {
    String deep = "agent { feedback { ".repeat(20) + "id" + " } }".repeat(20);
    refused("{ feedbacks { " + deep + " } }", "query_too_complex");
    refused(
        "{ agents(first: 1000) { feedback(first: 1000) { responses(first: 1000) { id } } } }",
        "query_too_complex");
    refused(
        IntStream.range(0, Bounds.MAX_FIELDS)
            .mapToObj(i -> "a" + i + ": id")
            .collect(Collectors.joining(" ", "{ agents { ", " } }")),
        "query_too_complex");
    refused(
        IntStream.range(0, 100)
            .mapToObj(i -> "a" + i + ": agents(first: 1) { id }")
            .collect(Collectors.joining(" ", "{ ", " }")),
        "query_too_complex");
    String bomb =
        IntStream.range(0, 60)
            .mapToObj(i -> "fragment f%d on Agent { ...f%d ...f%d }".formatted(i, i + 1, i + 1))
            .collect(Collectors.joining(" "));
    refused("{ agents { ...f0 } } " + bomb + " fragment f60 on Agent { id }", "query_too_complex");
    refused("{ agents { ...a } } fragment a on Agent { ...a }", "query_too_complex");
    refused("{" + " agents { id }".repeat(Bounds.MAX_TOKENS) + "}", "query_malformed");
    refused("{ agents".repeat(400), "query_malformed");
    refused("{ agents(first: 1001) { id } }", "page_out_of_bounds");
    refused("{ agents(first: -1) { id } }", "page_out_of_bounds");
    refused("{ agents(skip: 5001) { id } }", "page_out_of_bounds");
    refused("{ agents(first: 99999999999999999999) { id } }", "query_invalid");
    List<String> many = IntStream.range(0, 1_001).mapToObj(i -> "31337:" + i).toList();
    assertThat(
            code(
                ask(
                    "query Q($ids: [ID!]) { agents(where: {id_in: $ids}) { id } }",
                    Map.of("ids", many))))
        .isEqualTo("filter_invalid");
    assertThat(
            code(
                ask(
                    "query Q($t: String) { feedbacks(where: {tag1: $t}) { id } }",
                    Map.of("t", "a\u0000b"))))
        .isEqualTo("filter_invalid");
    HttpResponse<byte[]> huge =
        graph.post("/graphql", "{\"query\": \"" + " ".repeat(Bounds.MAX_BODY_BYTES) + "\"}");
    assertThat(huge.statusCode()).isEqualTo(413);
    assertThat(code(StrictJson.readTree(huge.body()))).isEqualTo("body_too_large");
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    refused("{ agents { operators } }", "query_invalid");
    refused("{ agents(where: {operators_contains: [\"0x00\"]}) { id } }", "query_invalid");
    refused("{ agents(orderBy: score) { id } }", "query_invalid");
    refused("{ agents(block: {number: 1}) { id } }", "query_invalid");
    refused("{ validations { id } }", "query_invalid");
    refused("mutation { agents { id } }", "query_invalid");
    refused("{ agents(where: {owner: \"me\"}) { id } }", "query_invalid");
    refused("{ agents(where: {id_gt: null}) { id } }", "filter_invalid");
    refused("query A { agents { id } } query B { agents { id } }", "query_invalid");
    refused("", "query_malformed");
    refused("{ agents { id }", "query_malformed");
    refused("query Q($n: Int!) { agents(first: $n) { id } }", "query_invalid");
    for (String body :
        List.of("[]", "{}", "{\"query\": 5}", "{\"query\": \"{a}\", \"variables\": 5}", "{")) {
      HttpResponse<byte[]> answer = graph.post("/graphql", body);
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(code(StrictJson.readTree(answer.body())))
          .isIn("invalid_request", "malformed_json");
    }
  }

  private void refused(String query, String code) throws Exception {
    JsonNode answer = ask(query, Map.of());
    assertThat(code(answer)).as("%s: %s", query, answer).isEqualTo(code);
    assertThat(answer.at("/errors/0/message").stringValue()).isNotBlank();
  }

  private static String code(JsonNode answer) {
    return answer.at("/errors/0/extensions/code").asString("none");
  }

  private JsonNode data(String query) throws Exception {
    return data(query, Map.of());
  }

  private JsonNode data(String query, Map<String, Object> variables) throws Exception {
    JsonNode answer = ask(query, variables);
    assertThat(answer.has("errors")).as("%s: %s", query, answer).isFalse();
    return answer.path("data");
  }

  private JsonNode ask(String query, Map<String, Object> variables) throws Exception {
    HttpResponse<byte[]> answer =
        graph.post(
            "/graphql",
            StrictJson.mapper().writeValueAsString(Map.of("query", query, "variables", variables)));
    assertThat(answer.statusCode()).isEqualTo(200);
    return StrictJson.readTree(answer.body());
  }

  private static List<String> ids(JsonNode entities) {
    return entities.valueStream().map(it -> text(it, "id")).toList();
  }

  private long time(long block) {
    return sandbox.chain.block(new BlockTag.Height(block)).orElseThrow().timestamp();
  }

  private String card(BigInteger agent) {
    return """
        {"name":"Lingua","description":"Translates%%20contracts","active":true,"x402Support":true,
        "supportedTrust":["reputation"],"services":[
        {"name":"MCP","endpoint":"https://l.example/mcp","version":"1","tools":["translate"]},
        {"name":"DID","endpoint":"did:web:lingua.example"}],
        "registrations":[{"agentId":%d,"agentRegistry":"%s"}]}"""
        .formatted(agent, sandbox.contracts.registry())
        .replace("\n", "");
  }

  private static String text(JsonNode body, String member) {
    return body.path(member).asString("");
  }
}
