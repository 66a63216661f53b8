package org.earnest.reputation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.call.ValidationRegistryCalls;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.fetch.GuardedFetcher;
import org.earnest.kit.http.Host;
import org.earnest.kit.json.StrictJson;
import org.earnest.reputation.edge.GraphqlService;
import org.earnest.reputation.edge.GraphqlTurns;
import org.earnest.reputation.file.FileSource;
import org.earnest.reputation.graph.TimeLimits;
import org.earnest.reputation.reading.ReferencedFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tools.jackson.databind.JsonNode;

/** Agents with files, feedback and a GraphQL service of them. */
abstract class OnGraphql extends OnSandbox {
  static final int ROUNDS = 8;

  /** More than a query may take reads. */
  static final int CROWD = 70;

  static final EvmAddress OPERATOR = new EvmAddress("0x" + "0e".repeat(20));

  /** One of anvil's own accounts. */
  static final EvmAddress VALIDATOR = new EvmAddress("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");

  static final Hash32 ANSWERED = new Hash32("0x" + "a1".repeat(32));
  static final Hash32 UNANSWERED = new Hash32("0x" + "a2".repeat(32));
  private static final EvmAddress FORMER_OPERATOR = new EvmAddress("0x" + "0f".repeat(20));

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private GuardedFetcher fetcher;
  private ReferencedFiles files;
  GraphqlService service;
  private Host graphHost;
  Api graph;
  BigInteger lingua;

  @BeforeAll
  void index() throws Exception {
    lingua = sandbox.register(sandbox.buyer.address(), "");
    sandbox.send(
        sandbox.buyer.address(),
        new IdentityRegistryCalls(sandbox.contracts.identityRegistry())
            .setAgentUri(lingua, "data:application/json," + card(lingua)));
    IdentityRegistryCalls registry =
        new IdentityRegistryCalls(sandbox.contracts.identityRegistry());
    for (String[] said :
        new String[][] {{"colour", "red"}, {"shape", "cube"}, {"colour", "blue"}, {"shape", ""}}) {
      sandbox.send(
          sandbox.buyer.address(), registry.setMetadata(lingua, said[0], said[1].getBytes(UTF_8)));
    }
    for (EvmAddress operator : List.of(OPERATOR, FORMER_OPERATOR)) {
      sandbox.send(sandbox.buyer.address(), registry.setApprovalForAll(operator, true));
    }
    sandbox.send(sandbox.buyer.address(), registry.setApprovalForAll(FORMER_OPERATOR, false));
    ValidationRegistryCalls validations =
        new ValidationRegistryCalls(sandbox.contracts.validationRegistry().orElseThrow());
    for (Hash32 request : List.of(ANSWERED, UNANSWERED)) {
      sandbox.send(
          sandbox.buyer.address(),
          validations.request(VALIDATOR, lingua, "https://l.example/asked", request));
    }
    for (int response : new int[] {80, 30}) {
      sandbox.send(
          VALIDATOR,
          validations.respond(
              ANSWERED, response, "https://v.example/" + response, Hash32.ZERO, "tee"));
    }
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
        new GraphqlService(
            sandbox.database,
            sandbox.chain,
            sandbox.contracts,
            indexer::progress,
            new GraphqlTurns(),
            new TimeLimits(PATIENCE, PATIENCE, PATIENCE));
    graphHost = Host.builder().mount(service).start();
    graph = new Api(graphHost);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                !data("{ agentRegistrationFiles(where: {name: \"Lingua\"}) { id } }")
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

  final void refused(String query, String code) throws Exception {
    JsonNode answer = ask(query, Map.of());
    assertThat(code(answer)).as("%s: %s", query, answer).isEqualTo(code);
    assertThat(answer.at("/errors/0/message").stringValue()).isNotBlank();
  }

  static String code(JsonNode answer) {
    return answer.at("/errors/0/extensions/code").asString("none");
  }

  final JsonNode data(String query) throws Exception {
    return data(query, Map.of());
  }

  final JsonNode data(String query, Map<String, Object> variables) throws Exception {
    JsonNode answer = ask(query, variables);
    assertThat(answer.has("errors")).as("%s: %s", query, answer).isFalse();
    return answer.path("data");
  }

  final JsonNode ask(String query, Map<String, Object> variables) throws Exception {
    HttpResponse<byte[]> answer =
        graph.post(
            "/graphql",
            StrictJson.mapper().writeValueAsString(Map.of("query", query, "variables", variables)));
    assertThat(answer.statusCode()).isEqualTo(200);
    return StrictJson.readTree(answer.body());
  }

  static List<String> ids(JsonNode entities) {
    return entities.valueStream().map(it -> text(it, "id")).toList();
  }

  private String card(BigInteger agent) {
    return """
        {"name":"Lingua","description":"Translates%%20contracts","active":true,"x402Support":true,
        "supportedTrust":["reputation"],"services":[
        {"name":"MCP","endpoint":"https://l.example/mcp","version":"1","tools":["translate","%%C4%%B0zmir","%%CE%%9F%%CE%%94%%CE%%9F%%CE%%A3"]},
        {"name":"DID","endpoint":"did:web:lingua.example"}],
        "registrations":[{"agentId":%d,"agentRegistry":"%s"}]}"""
        .formatted(agent, sandbox.contracts.registry())
        .replace("\n", "");
  }

  static String text(JsonNode body, String member) {
    return body.path(member).asString("");
  }
}
