package org.earnest.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.kit.json.StrictJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The service of two chains, the second of which is not ready. */
class PerChainServiceTest {
  private static final Caip2ChainId BASE = Caip2ChainId.eip155(8453);
  private static final Caip2ChainId MAINNET = Caip2ChainId.eip155(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Host host = Host.builder().mount(service()).start();

  @AfterEach
  void stop() {
    host.close();
    http.close();
  }

  /** A service that tells which chain it is of. */
  private record OfChain(Caip2ChainId chain, Readiness readiness) implements HttpService {
    @Override
    public String name() {
      return "of-chain";
    }

    @Override
    public String openApiResource() {
      return "of-chain.json";
    }

    @Override
    public void routes(Routes routes) {
      routes.get("/things", context -> context.result(chain.toString()));
      routes.get(
          "/things/{id}", context -> context.result(chain + " has " + context.pathParam("id")));
      routes.post("/questions", context -> context.result(chain + " is asked " + context.body()));
      routes.stream(
          "/stream",
          (context, listener) -> listener.send("head", "1", Map.of("of", chain.toString())));
    }
  }

  private static PerChainService service() {
    Map<Caip2ChainId, HttpService> services = new LinkedHashMap<>();
    services.put(BASE, new OfChain(BASE, Readiness.ready()));
    services.put(MAINNET, new OfChain(MAINNET, Readiness.notReady("the node is away")));
    return new PerChainService(
        services, new PerChainService.ByName("id", "of", PerChainServiceTest::of));
  }

  private static Optional<Caip2ChainId> of(String id) {
    int end = id.lastIndexOf(':');
    return end < 0 ? Optional.empty() : Optional.of(Caip2ChainId.parse(id.substring(0, end)));
  }

  /** Composed of services that differ, which is a mistake of whoever composed it. */
  @Test
  void aRouteThatAChainLacksIsAnErrorAndNotAnEmptyAnswer() throws Exception {
    Map<Caip2ChainId, HttpService> services = new LinkedHashMap<>();
    services.put(BASE, new OfChain(BASE, Readiness.ready()));
    services.put(
        MAINNET,
        new HttpService() {
          @Override
          public String name() {
            return "of-chain";
          }

          @Override
          public String openApiResource() {
            return "of-chain.json";
          }

          @Override
          public void routes(Routes routes) {
            routes.get("/things", context -> context.result("mainnet"));
          }
        });
    PerChainService apart =
        new PerChainService(
            services, new PerChainService.ByName("id", "of", PerChainServiceTest::of));
    try (Host other = Host.builder().mount(apart).start()) {
      HttpRequest lacking =
          HttpRequest.newBuilder(URI.create(other.uri() + "/chains/1/things/7")).build();
      assertThat(http.send(lacking, BodyHandlers.ofString()).statusCode()).isEqualTo(500);
      HttpRequest there =
          HttpRequest.newBuilder(URI.create(other.uri() + "/chains/8453/things/7")).build();
      assertThat(http.send(there, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aChainIsChosenByThePath() throws Exception {
    assertThat(get("/chains/8453/things").body()).isEqualTo("eip155:8453");
    assertThat(get("/chains/1/things").body()).isEqualTo("eip155:1");
    assertThat(get("/chains/1/things/7").body()).isEqualTo("eip155:1 has 7");
    assertThat(get("/chains/1/stream").body()).contains("\"of\":\"eip155:1\"");
    HttpRequest question =
        HttpRequest.newBuilder(URI.create(host.uri() + "/chains/1/questions"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertThat(http.send(question, BodyHandlers.ofString()).body())
        .isEqualTo("eip155:1 is asked {}");
  }

  @Test
  void whatIsNamedInFullChoosesByItself() throws Exception {
    assertThat(get("/things/eip155:1:7").body()).isEqualTo("eip155:1 has eip155:1:7");
    assertThat(get("/stream?of=eip155:1:7").body()).contains("\"of\":\"eip155:1\"");
    assertThat(get("/things/eip155:8453:7").body()).isEqualTo("eip155:8453 has eip155:8453:7");
  }

  @Test
  void whoeverNamesNoneIsToldWhichThereAre() throws Exception {
    refused("/things", 400, "chain_needed");
    refused("/things/7", 400, "chain_needed");
    refused("/stream", 400, "chain_needed");
    refused("/stream?of=7", 400, "chain_needed");
    refused("/stream?of=eip155:5:7", 404, "chain_not_followed");
    refused("/chains/5/things", 404, "chain_not_followed");
    refused("/chains/eip155:1/things", 404, "chain_not_followed");
    refused("/things/eip155:5:7", 404, "chain_not_followed");
  }

  private void refused(String path, int status, String code) throws Exception {
    HttpResponse<String> answer = get(path);
    JsonNode problem = StrictJson.readTree(answer.body().getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).as(path).isEqualTo(status);
    assertThat(problem.path("code").asString()).isEqualTo(code);
    assertThat(problem.path("detail").asString()).contains("8453, 1");
  }

  @Test
  void isReadyWhenAllAre() throws Exception {
    JsonNode ready = json("/ready");
    assertThat(ready.path("checks").path("of-chain").path("reason").asString())
        .isEqualTo("eip155:1: the node is away");
    assertThat(get("/ready").statusCode()).isEqualTo(503);
  }

  @Test
  void theDocumentDescribesWhatIsServed() throws Exception {
    assertThat(OpenApiAgreement.differences(service())).isEmpty();
    JsonNode paths = json("/openapi.json").path("paths");
    JsonNode below = paths.path("/chains/{chainId}/things/{id}").path("get");
    assertThat(below.path("operationId").asString()).isEqualTo("getThingOfChain");
    assertThat(below.path("parameters").valueStream().map(it -> it.path("name").asString()))
        .containsExactly("chainId", "id");
    assertThat(below.at("/parameters/0/schema/enum").valueStream().map(JsonNode::asString))
        .containsExactly("8453", "1");
    assertThat(below.at("/responses/404/description").asString())
        .isEqualTo("chain_not_followed, thing_unknown");
    assertThat(paths.path("/things").path("get").path("responses").propertyNames())
        .containsExactly("400");
    for (String byName : List.of("/things/{id}", "/stream")) {
      assertThat(paths.path(byName).path("get").path("responses").propertyNames())
          .contains("200", "400");
    }
  }

  private JsonNode json(String path) throws Exception {
    return StrictJson.readTree(get(path).body().getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(host.uri() + path)).build(), BodyHandlers.ofString());
  }
}
