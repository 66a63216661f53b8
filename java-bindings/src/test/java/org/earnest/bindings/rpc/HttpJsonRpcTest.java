package org.earnest.bindings.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class HttpJsonRpcTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  void aResultIsHandedOver() {
    try (FaultyRpcServer node = FaultyRpcServer.stub(body -> reply("\"result\":\"0x7a69\""))) {
      assertThat(HttpJsonRpc.to(node.url()).call("eth_chainId"))
          .isInstanceOfSatisfying(
              RpcReply.Result.class,
              result -> assertThat(result.value().stringValue()).isEqualTo("0x7a69"));
    }
  }

  @Test
  void nullIsAResult() {
    try (FaultyRpcServer node = FaultyRpcServer.stub(body -> reply("\"result\":null"))) {
      assertThat(HttpJsonRpc.to(node.url()).require("eth_getBlockByNumber", "0x9", false).isNull())
          .isTrue();
    }
  }

  @Test
  void aRefusalIsAValueWithItsCode() {
    String error = "\"error\":{\"code\":-32601,\"message\":\"no such method\"}";
    try (FaultyRpcServer node = FaultyRpcServer.stub(body -> reply(error))) {
      assertThat(HttpJsonRpc.to(node.url()).call("eth_nothing"))
          .isEqualTo(new RpcReply.Failure(-32601, "no such method", java.util.Optional.empty()));
      assertThatThrownBy(() -> HttpJsonRpc.to(node.url()).require("eth_nothing"))
          .isInstanceOf(ChainUnavailableException.class)
          .hasMessageContaining("no such method");
    }
  }

  @Test
  void aNodesTextIsCutAndCleaned() {
    String error = "\"error\":{\"code\":1,\"message\":\"\\u001b[2J" + "f".repeat(9000) + "\"}";
    try (FaultyRpcServer node = FaultyRpcServer.stub(body -> reply(error))) {
      assertThat(HttpJsonRpc.to(node.url()).call("eth_call"))
          .isInstanceOfSatisfying(
              RpcReply.Failure.class,
              failure ->
                  assertThat(failure.message()).startsWith("?[2Jfff").hasSizeLessThan(1_100));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RpcFault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NULL_RESULT", "DELAYED", "DUPLICATED"})
  void everyFaultIsTheOneException(RpcFault fault) {
    try (FaultyRpcServer node = FaultyRpcServer.stub(body -> reply("\"result\":\"0x1\""))) {
      node.failNext("eth_chainId", fault);
      JsonRpc rpc = HttpJsonRpc.to(node.url(), SHORT);

      assertThatThrownBy(() -> rpc.call("eth_chainId"))
          .isInstanceOf(ChainUnavailableException.class)
          .hasMessageContaining("eth_chainId");
    }
  }

  @Test
  void aDeadNodeIsNamedWithoutItsAccessKey() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    JsonRpc rpc = HttpJsonRpc.to(URI.create("http://u:pw@127.0.0.1:" + port + "/v3/key?k=key"));

    assertThatThrownBy(() -> rpc.call("eth_chainId"))
        .isInstanceOf(ChainUnavailableException.class)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageNotContaining("key")
        .hasMessageNotContaining("pw");
  }

  @Test
  void anEndlessAnswerIsCutOff() {
    String large = "\"result\":\"" + "f".repeat(5000) + "\"";
    try (FaultyRpcServer node = FaultyRpcServer.stub(body -> reply(large))) {
      JsonRpc rpc = new HttpJsonRpc(node.url(), HttpJsonRpc.CALL_TIMEOUT, 4096);

      assertThatThrownBy(() -> rpc.call("eth_getLogs"))
          .isInstanceOf(ChainUnavailableException.class)
          .hasMessageContaining("4096");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "{}",
        "nonsense",
        "{\"id\":1}",
        "{\"id\":99,\"result\":\"0x1\"}",
        "{\"result\":1}"
      })
  void whatIsNoAnswerIsNotTakenForOne(String body) {
    try (FaultyRpcServer node = FaultyRpcServer.stub(request -> body)) {
      assertThatThrownBy(() -> HttpJsonRpc.to(node.url()).call("eth_chainId"))
          .isInstanceOf(ChainUnavailableException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1/", "/relative", "mailto:a@b", "http:///nohost"})
  void onlyHttpUrlsAreTaken(String url) {
    assertThatThrownBy(() -> HttpJsonRpc.to(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyAreOneRequestWhoseAnswersMayComeInAnyOrder() {
    try (FaultyRpcServer node = FaultyRpcServer.stub(HttpJsonRpcTest::echoBackwards)) {
      assertThat(HttpJsonRpc.to(node.url()).callAll(echoes("a", "refused", "c")))
          .satisfiesExactly(
              reply -> assertThat(text(reply)).isEqualTo("a"),
              reply -> assertThat(reply).isInstanceOf(RpcReply.Failure.class),
              reply -> assertThat(text(reply)).isEqualTo("c"));
      assertThat(node.calls("eth_echo")).isEqualTo(1);
    }
  }

  /** As geth, Besu, Nethermind and hosted nodes say it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-32600 | batches are not served | {} ",
        "-32600 | batch too large | [{}] ",
        "-32000 | not here | [{}] ",
        "-32005 | Number of requests exceeds max batch size | {} ",
        "-32005 | Batch size limit exceeded | {} ",
        "31 | Batch of more than 3 requests are not allowed | [{},{}] "
      })
  void aNodeThatTakesNoBatchIsAskedOneByOneFromThenOn(int code, String words, String shape) {
    String error = "\"error\":{\"code\":%d,\"message\":\"%s\"}".formatted(code, words);
    String refusal = shape.replace("{}", reply(error));
    try (FaultyRpcServer node =
        FaultyRpcServer.stub(
            body -> body.startsWith("[") ? refusal : echo(JSON.readTree(body)).toString())) {
      JsonRpc rpc = HttpJsonRpc.to(node.url());

      assertThat(rpc.callAll(echoes("a", "b")))
          .extracting(HttpJsonRpcTest::text)
          .containsExactly("a", "b");
      assertThat(rpc.callAll(echoes("c", "d"))).hasSize(2);
      assertThat(node.calls("eth_echo")).isEqualTo(5);
    }
  }

  @Test
  void whatWasAnsweredIsNotAskedAgain() {
    try (FaultyRpcServer node = FaultyRpcServer.stub(HttpJsonRpcTest::echoBackwards)) {
      HttpJsonRpc rpc = HttpJsonRpc.to(node.url());

      assertThat(rpc.callSome(PATIENCE, echoes("a", "b", "missing", "d")))
          .extracting(HttpJsonRpcTest::text)
          .containsExactly("a", "b");
      assertThatThrownBy(() -> rpc.callSome(PATIENCE, echoes("missing", "d")))
          .isInstanceOf(ChainUnavailableException.class);
    }
  }

  @Test
  void aNodeThatTakesFewAtOnceIsAskedInHalves() {
    String error = "\"error\":{\"code\":-32600,\"message\":\"batch too large\"}";
    try (FaultyRpcServer node =
        FaultyRpcServer.stub(
            body -> {
              JsonNode asked = JSON.readTree(body);
              return asked.size() > 2 && asked.isArray() ? reply(error) : echoBackwards(body);
            })) {
      String[] texts = {"a", "b", "c", "d", "e"};

      assertThat(HttpJsonRpc.to(node.url()).callAll(echoes(texts)))
          .extracting(HttpJsonRpcTest::text)
          .containsExactly(texts);
      assertThat(node.calls("eth_echo")).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 413, 415, 422})
  void whoRefusesABatchWithoutJsonIsAskedOneByOne(int status) throws IOException {
    HttpServer node =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        exchange -> {
          byte[] asked = exchange.getRequestBody().readAllBytes();
          boolean batch = asked[0] == '[';
          byte[] answer =
              batch ? "no".getBytes(UTF_8) : echo(JSON.readTree(asked)).toString().getBytes(UTF_8);
          exchange.sendResponseHeaders(batch ? status : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    node.start();
    try {
      URI url = URI.create("http://127.0.0.1:" + node.getAddress().getPort());
      assertThat(HttpJsonRpc.to(url).callAll(echoes("a", "b")))
          .extracting(HttpJsonRpcTest::text)
          .containsExactly("a", "b");
    } finally {
      node.stop(0);
    }
  }

  @Test
  void manyThatAreAskedOneByOneEndTogether() {
    String error = "\"error\":{\"code\":-32600,\"message\":\"batches are not served\"}";
    try (FaultyRpcServer node =
        FaultyRpcServer.stub(
            body -> body.startsWith("[") ? reply(error) : echo(JSON.readTree(body)).toString())) {
      HttpJsonRpc rpc = HttpJsonRpc.to(node.url(), SHORT);
      rpc.callAll(PATIENCE, echoes("a", "b"));
      RpcFault[] slow = new RpcFault[20];
      Arrays.fill(slow, RpcFault.DELAYED);
      node.failNext("eth_echo", slow);

      assertThatThrownBy(() -> rpc.callAll(echoes("a", "b", "c", "d", "e", "f")))
          .isInstanceOf(ChainUnavailableException.class);
    }
  }

  @Test
  void aNodeThatLimitsTheRateIsNotAskedOneByOne() {
    try (FaultyRpcServer node = FaultyRpcServer.stub(HttpJsonRpcTest::echoBackwards)) {
      node.failNext("eth_echo", RpcFault.RATE_LIMITED);

      assertThatThrownBy(() -> HttpJsonRpc.to(node.url()).callAll(echoes("a", "b")))
          .isInstanceOf(RateLimitedException.class);
      assertThat(node.calls("eth_echo")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RpcFault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DELAYED", "DUPLICATED"})
  void everyFaultOfManyIsTheOneException(RpcFault fault) {
    try (FaultyRpcServer node = FaultyRpcServer.stub(HttpJsonRpcTest::echoBackwards)) {
      node.failNext("eth_echo", fault);

      assertThatThrownBy(() -> HttpJsonRpc.to(node.url(), SHORT).callAll(echoes("a", "b")))
          .isInstanceOf(ChainUnavailableException.class)
          .hasMessageContaining("eth_echo");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "{}",
        "nonsense",
        "[7,8]",
        "[{\"id\":1,\"result\":\"0x1\"}]",
        "[{\"id\":1,\"result\":\"0x1\"},{\"id\":1,\"result\":\"0x1\"}]",
        "[{\"id\":1,\"result\":\"0x1\"},{\"id\":2}]"
      })
  void whatAnswersNotAllIsNotTakenForAnAnswer(String body) {
    try (FaultyRpcServer node = FaultyRpcServer.stub(request -> body)) {
      assertThatThrownBy(() -> HttpJsonRpc.to(node.url()).callAll(echoes("a", "b")))
          .isInstanceOf(ChainUnavailableException.class);
    }
  }

  private static List<RpcCall> echoes(String... texts) {
    return Arrays.stream(texts).map(text -> RpcCall.of("eth_echo", text)).toList();
  }

  private static String echoBackwards(String body) {
    if (!body.startsWith("[")) {
      return echo(JSON.readTree(body)).toString();
    }
    List<JsonNode> calls = JSON.readTree(body).valueStream().toList();
    return calls.reversed().stream()
        .filter(call -> !call.path("params").path(0).asString("").equals("missing"))
        .map(HttpJsonRpcTest::echo)
        .toList()
        .toString();
  }

  private static JsonNode echo(JsonNode call) {
    ObjectNode answer = JSON.createObjectNode();
    answer.set("id", call.path("id"));
    JsonNode argument = call.path("params").path(0);
    if (argument.asString().equals("refused")) {
      answer.set("error", JSON.createObjectNode().put("code", 1).put("message", "no"));
    } else {
      answer.set("result", argument);
    }
    return answer;
  }

  private static String text(RpcReply reply) {
    return ((RpcReply.Result) reply).value().stringValue();
  }

  private static String reply(String member) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1," + member + "}";
  }
}
