package org.earnest.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.earnest.kit.json.StrictJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OriginGuardTest {
  private static final String JSON = "Content-Type: application/json";

  private Host host = Host.builder().mount(new SampleService(Readiness.ready())).start();

  @AfterEach
  void stop() {
    host.close();
  }

  /** The port is where the server is, or where somebody forwards it from. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:%d",
        "127.0.0.1:%d",
        "127.0.0.1:9",
        "127.1.2.3",
        "[::1]:9"
      })
  void isThisMachineByEachOfItsLoopbackNames(String name) throws Exception {
    assertStatus(get("/things/7", "Host: " + name.formatted(host.port())), 200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rebound.example",
        "rebound.example:%d",
        "localhost.rebound.example",
        "127.0.0.1.rebound.example",
        "localhost.",
        "0.0.0.0:%d",
        "[::]",
        "192.0.2.7",
        "[::ffff:192.0.2.7]",
        "0x7f000001",
      })
  void isNoOtherHost(String name) throws Exception {
    String hostHeader = "Host: " + name.formatted(host.port());
    assertProblem(get("/things/7", hostHeader), 421, "host_not_served");
    assertProblem(get("/nowhere", hostHeader), 421, "host_not_served");
    assertProblem(post(hostHeader, JSON), 421, "host_not_served");
  }

  @Test
  void doesNotTakeAProxysWordForItsHost() throws Exception {
    String answer = get("/things/7", "Host: a.example", "X-Forwarded-Host: localhost");
    assertProblem(answer, 421, "host_not_served");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example",
        "http://localhost:1",
        "http://127.0.0.1",
        "https://localhost:%d",
        "null",
        "http://localhost:%d/path",
        "http://user@localhost:%d",
        "%%",
        "",
      })
  void letsPagesOfOtherOriginsChangeNothing(String origin) throws Exception {
    String header = "Origin: " + origin.formatted(host.port());
    String self = "Host: localhost:" + host.port();
    assertProblem(post(self, header, JSON), 403, "origin_not_allowed");
    assertStatus(get("/things/7", self, header), 200);
  }

  @Test
  void letsPagesOfOtherSitesThatSendNoOriginChangeNothing() throws Exception {
    String self = "Host: localhost:" + host.port();
    String site = "Sec-Fetch-Site: cross-site";
    assertProblem(post(self, site, JSON), 403, "origin_not_allowed");
    assertStatus(get("/things/7", self, site), 200);
    assertStatus(post(self, "Sec-Fetch-Site: same-origin", JSON), 200);
  }

  @Test
  void servesItsOwnPagesAndClientsThatAreNoBrowser() throws Exception {
    String self = "localhost:" + host.port();
    assertStatus(post("Host: " + self, "Origin: http://" + self, JSON), 200);
    assertStatus(post("Host: " + self, JSON), 200);
  }

  @Test
  void servesWhatItWasToldTo() throws Exception {
    host.close();
    host =
        Host.builder()
            .mount(new SampleService(Readiness.ready()))
            .allowOrigin(Origin.parse("https://agents.example"))
            .allowOrigin(Origin.parse("http://localhost:5173"))
            .start();
    String page = "Origin: https://agents.example";
    assertStatus(post("Host: agents.example", page, JSON), 200);
    assertStatus(post("Host: AGENTS.example:443", page, JSON), 200);
    assertStatus(post("Host: localhost", "Origin: http://localhost:5173", JSON), 200);
    assertProblem(
        post("Host: agents.example", "Origin: https://x.example", JSON), 403, "origin_not_allowed");
    assertProblem(get("/things/7", "Host: x.agents.example"), 421, "host_not_served");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/vc+json",
        "application/vnd.api.v1+json;x=y",
      })
  void takesBodiesOfJson(String type) throws Exception {
    assertStatus(post("Host: localhost", "Content-Type: " + type), 200);
  }

  /** The first three are what a page may post anywhere without the browser asking first. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain; application/json",
        "text/json",
        "application/jsonp",
        "application/json-seq",
        "",
      })
  void takesNoBodyOfAnotherType(String type) throws Exception {
    String answer = post("Host: localhost", "Content-Type: " + type);
    assertProblem(answer, 415, "unsupported_media_type");
  }

  @Test
  void takesNoBodyWithoutAType() throws Exception {
    assertProblem(post("Host: localhost"), 415, "unsupported_media_type");
    String chunked =
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    assertProblem(send(chunked), 415, "unsupported_media_type");
  }

  @Test
  void asksNoTypeOfNoBody() throws Exception {
    String empty =
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    assertProblem(send(empty), 400, "malformed_json");
  }

  @ParameterizedTest
  @CsvSource({
    "http://A.example, http://a.example:80",
    "https://a.example/, https://a.example:443",
    "https://[::1]:8, https://[::1]:8",
  })
  void readsOrigins(String text, String origin) {
    assertThat(Origin.parse(text)).hasToString(origin);
  }

  private String get(String path, String... headers) throws Exception {
    return send(
        "GET %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n"
            .formatted(path, String.join("\r\n", headers)));
  }

  private String post(String... headers) throws Exception {
    String body = "{\"text\":\"hi\"}";
    return send(
        "POST /echo HTTP/1.1\r\n%s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(String.join("\r\n", headers), body.length(), body));
  }

  /** The JDK's client lets nobody choose a Host. */
  private String send(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static void assertStatus(String answer, int status) {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
  }

  private static void assertProblem(String answer, int status, String code) {
    assertStatus(answer, status);
    List<String> parts = List.of(answer.split("\r\n\r\n", 2));
    JsonNode problem = StrictJson.readTree(parts.getLast().getBytes(UTF_8));
    assertThat(problem.path("code").asString()).isEqualTo(code);
    assertThat(parts.getFirst()).contains(Problem.CONTENT_TYPE);
  }
}
