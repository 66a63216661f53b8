package org.earnest.bindings.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
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

/** Several calls in one request, of nodes that take them and of nodes that do not. */
final class BatchedCallsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  /** Less than so many delayed answers take. */
  private static final Duration FOR_ALL = Duration.ofSeconds(2);

  private static final int MANY = 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  void manyAreOneRequestWhoseAnswersMayComeInAnyOrder() {
    try (FaultyRpcServer node = FaultyRpcServer.stub(BatchedCallsTest::echoBackwards)) {
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
        "-32700 | Parse error | {} ",
        "-32600 | Invalid Request | [{}] ",
        "-32005 | Number of requests exceeds max batch size | {} ",
        "-32005 | Batch size limit exceeded | {} ",
        "31 | Batch of more than 3 requests are not allowed | [{},{}] "
      })
  void aNodeThatTakesNoBatchIsAskedOneByOneNextTimeToo(int code, String words, String shape) {
    String error = "\"error\":{\"code\":%d,\"message\":\"%s\"}".formatted(code, words);
    String refusal = shape.replace("{}", reply(error));
    try (FaultyRpcServer node =
        FaultyRpcServer.stub(
            body -> body.startsWith("[") ? refusal : echo(JSON.readTree(body)).toString())) {
      JsonRpc rpc = HttpJsonRpc.to(node.url());

      assertThat(rpc.callAll(echoes("a", "b")))
          .extracting(BatchedCallsTest::text)
          .containsExactly("a", "b");
      assertThat(rpc.callAll(echoes("c", "d"))).hasSize(2);
      assertThat(node.calls("eth_echo")).isEqualTo(5);
    }
  }

  /** It may have been in trouble: the next batch shows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-32000 | not here | [{}] ",
        "-32603 | internal error | {} ",
        "-32601 | method not found | {} "
      })
  void whatDoesNotSpeakOfBatchesIsAskedOneByOneThisOnce(int code, String words, String shape) {
    String error = "\"error\":{\"code\":%d,\"message\":\"%s\"}".formatted(code, words);
    String refusal = shape.replace("{}", reply(error));
    AtomicBoolean troubled = new AtomicBoolean(true);
    try (FaultyRpcServer node =
        FaultyRpcServer.stub(
            body -> body.startsWith("[") && troubled.get() ? refusal : echoBackwards(body))) {
      JsonRpc rpc = HttpJsonRpc.to(node.url());

      assertThat(rpc.callAll(echoes("a", "refused", "c")))
          .extracting(reply -> reply instanceof RpcReply.Result)
          .containsExactly(true, false, true);
      assertThat(node.calls("eth_echo")).isEqualTo(4);
      troubled.set(false);
      assertThat(rpc.callAll(echoes("a", "b", "c"))).hasSize(3);
      assertThat(node.calls("eth_echo")).isEqualTo(5);
    }
  }

  @Test
  void whoRefusesBatchesInWordsOfItsOwnIsAskedOneByOneInTheEnd() {
    String error = "\"error\":{\"code\":-32603,\"message\":\"internal error\"}";
    AtomicBoolean refusing = new AtomicBoolean(true);
    try (FaultyRpcServer node =
        FaultyRpcServer.stub(
            body -> body.startsWith("[") && refusing.get() ? reply(error) : echoBackwards(body))) {
      JsonRpc rpc = HttpJsonRpc.to(node.url());
      for (int i = 0; i < BatchSize.UNEXPLAINED_UNTIL_REFUSED; i++) {
        rpc.callAll(echoes("a", "b"));
      }
      long before = node.calls("eth_echo");

      assertThat(rpc.callAll(echoes("a", "b"))).hasSize(2);
      assertThat(node.calls("eth_echo")).isEqualTo(before + 2);
      refusing.set(false);
      for (int i = 2; i < BatchSize.ANSWERS_UNTIL_MORE; i++) {
        rpc.callAll(echoes("a"));
      }
      rpc.callAll(echoes("a", "b"));
      assertThat(node.calls("eth_echo")).isEqualTo(before + BatchSize.ANSWERS_UNTIL_MORE + 1);
    }
  }

  /** What was refused to one alone as well is no matter of batches. */
  @ParameterizedTest
  @ValueSource(strings = {"refused", "missing"})
  void aNodeInTroubleIsNotTakenForOneThatTakesNoBatches(String text) {
    String error = "\"error\":{\"code\":-32603,\"message\":\"internal error\"}";
    AtomicBoolean troubled = new AtomicBoolean(true);
    try (FaultyRpcServer node =
        FaultyRpcServer.stub(
            body ->
                body.startsWith("[") && troubled.get()
                    ? reply(error)
                    : body.contains("missing") ? "" : echoBackwards(body))) {
      HttpJsonRpc rpc = HttpJsonRpc.to(node.url());
      for (int i = 0; i < 2 * BatchSize.UNEXPLAINED_UNTIL_REFUSED; i++) {
        rpc.callSome(PATIENCE, echoes("a", text));
      }
      troubled.set(false);
      long before = node.calls("eth_echo");

      assertThat(rpc.callAll(echoes("a", "b"))).hasSize(2);
      assertThat(node.calls("eth_echo")).isEqualTo(before + 1);
    }
  }

  @Test
  void ofWhatIsAskedOneByOneWhatWasAnsweredIsNotAskedAgain() {
    String error = "\"error\":{\"code\":-32603,\"message\":\"internal error\"}";
    try (FaultyRpcServer node =
        FaultyRpcServer.stub(
            body ->
                body.startsWith("[")
                    ? reply(error)
                    : body.contains("missing") ? "" : echoBackwards(body))) {
      HttpJsonRpc rpc = HttpJsonRpc.to(node.url());

      assertThat(rpc.callSome(PATIENCE, echoes("a", "b", "missing", "d")))
          .extracting(BatchedCallsTest::text)
          .containsExactly("a", "b");
      assertThatThrownBy(() -> rpc.callSome(PATIENCE, echoes("missing", "d")))
          .isInstanceOf(ChainUnavailableException.class);
    }
  }

  @Test
  void aNodeThatRefusedBatchesOnceIsAskedForThemAgain() {
    String error = "\"error\":{\"code\":-32600,\"message\":\"batches are not served\"}";
    AtomicBoolean refusing = new AtomicBoolean(true);
    try (FaultyRpcServer node =
        FaultyRpcServer.stub(
            body -> body.startsWith("[") && refusing.get() ? reply(error) : echoBackwards(body))) {
      JsonRpc rpc = HttpJsonRpc.to(node.url());
      rpc.callAll(echoes("a", "b"));
      refusing.set(false);
      for (int i = 2; i < BatchSize.ANSWERS_UNTIL_MORE; i++) {
        rpc.callAll(echoes("a"));
      }
      long before = node.calls("eth_echo");

      assertThat(rpc.callAll(echoes("a", "b"))).extracting(BatchedCallsTest::text).hasSize(2);
      assertThat(node.calls("eth_echo")).isEqualTo(before + 1);
    }
  }

  @Test
  void whatWasAnsweredIsNotAskedAgain() {
    try (FaultyRpcServer node = FaultyRpcServer.stub(BatchedCallsTest::echoBackwards)) {
      HttpJsonRpc rpc = HttpJsonRpc.to(node.url());

      assertThat(rpc.callSome(PATIENCE, echoes("a", "b", "missing", "d")))
          .extracting(BatchedCallsTest::text)
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
          .extracting(BatchedCallsTest::text)
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
          .extracting(BatchedCallsTest::text)
          .containsExactly("a", "b");
    } finally {
      node.stop(0);
    }
  }

  /** Each alone would have the time for it many times over, and all of them have not. */
  @ParameterizedTest
  @ValueSource(strings = {"batches are not served", "internal error"})
  void manyThatAreAskedOneByOneEndTogether(String words) {
    String error = "\"error\":{\"code\":-32603,\"message\":\"%s\"}".formatted(words);
    try (FaultyRpcServer node =
        FaultyRpcServer.stub(
            body -> body.startsWith("[") ? reply(error) : echo(JSON.readTree(body)).toString())) {
      HttpJsonRpc rpc = HttpJsonRpc.to(node.url(), FOR_ALL);
      rpc.callAll(PATIENCE, echoes("a", "b"));
      RpcFault[] slow = new RpcFault[MANY + 1];
      Arrays.fill(slow, RpcFault.DELAYED);
      node.failNext("eth_echo", slow);

      assertThatThrownBy(() -> rpc.callAll(Collections.nCopies(MANY, RpcCall.of("eth_echo", "a"))))
          .isInstanceOf(ChainUnavailableException.class);
    }
  }

  @Test
  void aNodeThatLimitsTheRateIsNotAskedOneByOne() {
    try (FaultyRpcServer node = FaultyRpcServer.stub(BatchedCallsTest::echoBackwards)) {
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
    try (FaultyRpcServer node = FaultyRpcServer.stub(BatchedCallsTest::echoBackwards)) {
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
        .map(BatchedCallsTest::echo)
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
