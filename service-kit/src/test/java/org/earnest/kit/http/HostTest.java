package org.earnest.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.earnest.kit.json.StrictJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HostTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final HttpClient http = HttpClient.newHttpClient();
  private Host host = start(Readiness.ready());

  @BeforeEach
  void listens() {
    assertThat(host.port()).isPositive();
  }

  @AfterEach
  void stop() {
    host.close();
    http.close();
  }

  @Test
  void answersAServicesRoute() throws Exception {
    HttpResponse<String> answer = post("/echo", "{\"text\":\"hi\",\"count\":2,\"more\":true}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"text\":\"hi\",\"count\":2}");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nul",
        "null",
        "[]",
        "{\"text\":\"a\",\"text\":\"b\"}",
        "{\"text\":\"a\"} x",
        "{\"text\":7}",
        "{\"count\":\"7\"}",
        "{\"count\":1.5}",
        "{\"count\":true}",
        "{\"count\":99999999999}",
        "{\"count\":-1}",
        "{\"text\":{\"a\":1}}"
      })
  void refusesAMalformedBody(String body) throws Exception {
    JsonNode problem = problem(post("/echo", body), 400, "malformed_json", false);
    assertThat(problem.path("detail").asString()).doesNotContain("org.earnest", "SampleService");
  }

  @Test
  void refusesABodyThatIsNestedTooDeeply() throws Exception {
    String deep = "{\"more\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
    problem(post("/echo", deep), 400, "malformed_json", false);
  }

  @Test
  void refusesABodyBeyondTheBoundWithItsLengthAndWithoutOne() throws Exception {
    byte[] large = " ".repeat((int) Host.MAX_BODY_BYTES + 1).getBytes(UTF_8);
    HttpRequest known = request("/echo").POST(BodyPublishers.ofByteArray(large)).build();
    HttpRequest chunked =
        request("/echo").POST(BodyPublishers.ofInputStream(() -> stream(large))).build();
    problem(http.send(known, BodyHandlers.ofString()), 413, "body_too_large", false);
    problem(http.send(chunked, BodyHandlers.ofString()), 413, "body_too_large", false);
  }

  @ParameterizedTest
  @CsvSource({
    "/nowhere, 404, route_not_found, false",
    "/echo, 405, method_not_allowed, false",
    "/things/x, 400, invalid_request, false",
    "/broken/chain, 503, chain_unavailable, true",
    "/broken/bug, 500, internal_error, false",
    "/broken/error, 500, internal_error, false",
    "/broken/refused, 422, sample_refused, false",
    "/openapi/none.json, 404, unknown_service, false",
    "/broken/%ff, 400, bad_request, false",
  })
  void answersWithAProblem(String path, int status, String code, boolean retryable)
      throws Exception {
    HttpResponse<String> answer = get(path);
    problem(answer, status, code, retryable);
    assertThat(answer.body()).doesNotContain("secret", "Exception", "at org.");
  }

  @Test
  void boundsTheTimeOfARequestAndServesTheNextOne() throws Exception {
    host.close();
    host =
        Host.builder()
            .requestTime(Duration.ofMillis(50))
            .mount(new SampleService(Readiness.ready()))
            .start();
    problem(get("/broken/slow"), 503, "request_timeout", true);
    assertThat(get("/things/7").body()).isEqualTo("7");
  }

  @Test
  void refusesWhatIsNotHttpInTheSameForm() throws Exception {
    try (Socket socket = new Socket(host.uri().getHost(), host.port())) {
      socket.getOutputStream().write("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).contains(" 400 ", Problem.CONTENT_TYPE, "\"code\":\"bad_request\"");
    }
  }

  @Test
  void refusesAHeaderBeyondTheBound() throws Exception {
    HttpRequest large =
        request("/things/1").header("X-Large", "a".repeat(HostServer.MAX_HEADER_BYTES)).build();
    problem(http.send(large, BodyHandlers.ofString()), 431, "header_too_large", false);
  }

  @Test
  void keepsTheCallersTraceAndMakesOneOtherwise() throws Exception {
    HttpRequest traced =
        request("/nowhere").header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01").build();
    HttpResponse<String> answer = http.send(traced, BodyHandlers.ofString());
    assertThat(problem(answer, 404, "route_not_found", false).path("traceId").asString())
        .isEqualTo(TRACE);
    assertThat(answer.headers().firstValue("traceresponse").orElseThrow())
        .startsWith("00-" + TRACE);
    assertThat(problem(get("/nowhere"), 404, "route_not_found", false).path("traceId").asString())
        .matches("[0-9a-f]{32}")
        .isNotEqualTo(TRACE);
  }

  @ParameterizedTest
  @CsvSource({
    "did:web:example.com%253A8443, did:web:example.com%3A8443",
    "a/b, a/b",
    "did:example:1%2Fpath%3Fq%23f, did:example:1/path?q#f",
  })
  void handsEncodedPathsOnDecodedOnce(String sent, String received) throws Exception {
    assertThat(get("/paths/" + sent).body()).isEqualTo(received);
  }

  @Test
  void aggregatesHealthAndReadiness() throws Exception {
    assertThat(get("/health").body())
        .isEqualTo("{\"status\":\"up\",\"services\":{\"sample\":\"up\"}}");
    assertThat(get("/ready").statusCode()).isEqualTo(200);
    host.close();
    host = start(Readiness.notReady("still catching up"));
    HttpResponse<String> answer = get("/ready");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"status\":\"not_ready\"", "still catching up");
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void isNotReadyWhileAProbeFails() throws Exception {
    host.close();
    host =
        Host.builder()
            .probe(
                "database",
                () -> {
                  throw new IllegalStateException("secret");
                })
            .start();
    HttpResponse<String> answer = get("/ready");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("database").doesNotContain("secret");
  }

  @Test
  void countsByServiceRouteTemplateAndStatus() throws Exception {
    get("/things/1");
    get("/things/2");
    get("/a-strangers-path");
    String metrics = get("/metrics").body();
    assertThat(metrics)
        .contains(
            "http_server_requests_seconds_count{method=\"GET\",route=\"/things/{id}\",service=\"sample\",status=\"200\"} 2")
        .contains("route=\"unmatched\"")
        .contains("jvm_memory_used_bytes")
        .doesNotContain("a-strangers-path");
  }

  @Test
  void servesTheMergedDocumentAndEach() throws Exception {
    JsonNode merged = StrictJson.readTree(get("/openapi.json").body().getBytes(UTF_8));
    assertThat(merged.path("paths").has("/echo")).isTrue();
    assertThat(merged.path("paths").has("/health")).isTrue();
    assertThat(merged.at("/components/schemas/sample.Status/type").asString()).isEqualTo("string");
    assertThat(
            merged
                .at("/paths/~1echo/post/responses/200/content/application~1json/schema/$ref")
                .asString())
        .isEqualTo("#/components/schemas/sample.Status");
    assertThat(merged.at("/components/schemas/Status/type").asString()).isEqualTo("object");
    assertThat(get("/openapi/sample.json").body()).contains("\"/echo\"").doesNotContain("/health");
  }

  @Test
  void namesItsServicesAndVersions() throws Exception {
    JsonNode status = StrictJson.readTree(get("/status").body().getBytes(UTF_8));
    assertThat(status.at("/services/0/name").asString()).isEqualTo("sample");
    assertThat(status.path("version").asString()).matches("\\d+\\.\\d+\\.\\d+.*");
  }

  @Test
  void refusesAPortInUse() {
    assertThatThrownBy(() -> Host.builder().port(host.port()).start())
        .isInstanceOfSatisfying(
            PortInUseException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("port_in_use");
              assertThat(refused).hasMessageContaining(Integer.toString(host.port()));
              assertThat(refused.remedy()).contains("--port");
            });
  }

  @Test
  void refusesTwoServicesOfOneName() {
    Host.Builder builder = Host.builder().mount(new SampleService(Readiness.ready()));
    assertThatThrownBy(() -> builder.mount(new SampleService(Readiness.ready())))
        .hasMessageContaining("mounted twice");
  }

  private static Host start(Readiness readiness) {
    return Host.builder().mount(new SampleService(readiness)).start();
  }

  private JsonNode problem(
      HttpResponse<String> answer, int status, String code, boolean retryable) {
    JsonNode problem = StrictJson.readTree(answer.body().getBytes(UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.CONTENT_TYPE);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("code").asString()).isEqualTo(code);
    assertThat(problem.path("type").asString()).isEqualTo("urn:earnest:problem:" + code);
    assertThat(problem.path("retryable").asBoolean()).isEqualTo(retryable);
    assertThat(problem.path("traceId").asString()).matches("[0-9a-f]{32}");
    return problem;
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(host.uri() + path))
        .header("Content-Type", "application/json")
        .timeout(Duration.ofMinutes(2));
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }
}
