package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.earnest.kit.http.Host;
import org.earnest.kit.json.StrictJson;
import org.earnest.reputation.chain.FollowedContracts;
import org.earnest.reputation.edge.GraphqlService;
import org.earnest.reputation.edge.GraphqlTurns;
import org.earnest.reputation.graph.Bounds;
import org.earnest.reputation.graph.TimeLimits;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What somebody hostile asks. */
class GraphqlRefusalsIT extends OnGraphql {
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
  void refusesNumbersThatWriteOutToMuch() throws Exception {
    refused("{ feedbacks(where: {value_gt: 1e999999999}) { id } }", "query_invalid");
    refused("{ feedbacks(where: {value_gt: 1e-999999999}) { id } }", "query_invalid");
    refused("{ feedbacks(where: {value_gt: \"1e79\"}) { id } }", "query_invalid");
    refused("{ feedbacks(where: {feedbackIndex_gt: 1e9}) { id } }", "query_invalid");
    assertThat(data("{ feedbacks(where: {value_gt: 1e78}) { id } }").path("feedbacks")).isEmpty();
    assertThat(data("{ feedbacks(where: {value_gt: -1e78}) { id } }").path("feedbacks"))
        .isNotEmpty();
  }

  @Test
  void countsATextAsOftenAsItIsAnswered() throws Exception {
    String uri =
        data(
                "query Q($id: ID!) { agent(id: $id) { agentURI } }",
                Map.of("id", sandbox.chain.chainId().reference() + ":" + lingua))
            .at("/agent/agentURI")
            .stringValue();
    int aliases = Bounds.MAX_FIELDS - 10;
    int times = Bounds.MAX_CHARS / (uri.length() * aliases) + 1;
    String fields =
        IntStream.range(0, aliases)
            .mapToObj(i -> "a" + i + ": agentURI")
            .collect(Collectors.joining(" "));
    assertThat(times).as("agents that are needed").isLessThan(CROWD);
    // The last registered have files too.
    JsonNode answer =
        ask(
            "{ agents(first: %d, orderBy: id, orderDirection: desc) { %s } }"
                .formatted(times, fields),
            Map.of());
    assertThat(code(answer)).isEqualTo("answer_too_large");
    assertThat(answer.path("errors")).hasSize(1);
    assertThat(answer.has("data")).isFalse();
  }

  @Test
  void refusesFiltersWithinFilters() throws Exception {
    String most = "registrationFile_: {agent_: {".repeat(4);
    assertThat(
            data("{ agents(where: {" + most + "owner: \"0x00\"" + "}}".repeat(4) + "}) { id } }")
                .path("agents"))
        .isEmpty();
    refused(
        "{ agents(where: {"
            + most
            + "registrationFile_: {name: \"a\"}"
            + "}}".repeat(4)
            + "}) { id } }",
        "filter_invalid");
    refused(
        IntStream.range(0, Bounds.MAX_CONDITIONS + 1)
            .mapToObj(i -> "{agentURI: \"" + i + "\"}")
            .collect(Collectors.joining(" ", "{ agents(where: {or: [", "]}) { id } }")),
        "filter_invalid");
  }

  @Test
  void tellsNothingOfValidationsThatAreNotFollowed() throws Exception {
    FollowedContracts followed = sandbox.contracts;
    GraphqlService without =
        new GraphqlService(
            sandbox.database,
            sandbox.chain,
            new FollowedContracts(
                followed.chain(),
                followed.identityRegistry(),
                followed.reputationRegistry(),
                followed.dealEscrow()),
            indexer::progress,
            new GraphqlTurns(),
            TimeLimits.USUAL);
    Api all = graph;
    try (Host host = Host.builder().mount(without).start()) {
      graph = new Api(host);
      refused("{ validations { id } }", "validations_not_followed");
      refused(
          "{ validation(id: \"0x" + "a1".repeat(32) + "\") { id } }", "validations_not_followed");
      refused("{ agents(first: 1) { validations { id } } }", "validations_not_followed");
      JsonNode protocol = data("{ protocols { validationRegistry } }").at("/protocols/0");
      assertThat(protocol.path("validationRegistry").isNull()).isTrue();
    } finally {
      graph = all;
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    refused("{ agents(where: {createdAt: \"1\"}) { id } }", "query_invalid");
    refused("{ agents(orderBy: score) { id } }", "query_invalid");
    refused("{ agents(block: {time: 1}) { id } }", "query_invalid");
    refused("{ validations(where: {status: EXPIRED}) { id } }", "query_invalid");
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
}
