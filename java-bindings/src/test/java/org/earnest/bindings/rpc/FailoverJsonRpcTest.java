package org.earnest.bindings.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;

/** Which node is asked, how often, and when no longer. */
@Timeout(120)
final class FailoverJsonRpcTest {
  /** For an answer; where one is sure to come, a busy machine may take its time. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private static final Duration NO_ANSWER = Duration.ofSeconds(3);
  private static final RpcSettings SETTINGS = settings(ANSWER, Duration.ofHours(1));
  private static final RpcSettings FORGIVING = settings(ANSWER, Duration.ofMillis(1));
  private static final RpcSettings IMPATIENT = settings(NO_ANSWER, Duration.ofHours(1));

  private static final RpcCall BLOCK = RpcCall.of("eth_getBlockByNumber", "0x1", false);

  private final TestNode first = new TestNode(10);
  private final TestNode second = new TestNode(10);

  @AfterEach
  void end() {
    first.close();
    second.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = RpcFault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NULL_RESULT", "DELAYED", "DUPLICATED"})
  void whatOneNodeFailsTheNextAnswers(RpcFault fault) {
    JsonRpc rpc = connect(waitingFor(fault), first.url(), second.url());
    first.server.failAll(fault);

    assertThat(rpc.require("eth_gasPrice").stringValue()).isEqualTo("0x1");
    assertThat(second.calls("eth_gasPrice")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = RpcFault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NULL_RESULT", "DELAYED", "DUPLICATED"})
  void aFaultThatPassesIsNotTold(RpcFault fault) {
    JsonRpc rpc = connect(waitingFor(fault), first.url());
    first.server.failNext("eth_gasPrice", fault);

    assertThat(rpc.require("eth_gasPrice").stringValue()).isEqualTo("0x1");
    assertThat(first.calls("eth_gasPrice")).isEqualTo(2);
  }

  @Test
  void anErrorIsAnAnswerAndAskedForOnce() {
    JsonRpc rpc = both();
    try (var refusing =
        FaultyRpcServer.stub(
            body ->
                body.contains("eth_chainId")
                    ? "{\"id\":" + id(body) + ",\"result\":\"0x7a69\"}"
                    : "{\"id\":1,\"error\":{\"code\":-32000,\"message\":\"nonce too low\"}}")) {
      JsonRpc single = connect(SETTINGS, refusing.url());
      assertThat(single.call("eth_gasPrice")).isInstanceOf(RpcReply.Failure.class);
      assertThat(refusing.calls("eth_gasPrice")).isEqualTo(1);
    }
    assertThat(rpc.call("eth_gasPrice")).isInstanceOf(RpcReply.Result.class);
  }

  @Test
  void repetitionEndsAndSoDoesTheBreakersPatience() {
    JsonRpc rpc = connect(SETTINGS, first.url());
    first.server.failAll(RpcFault.DROPPED_BEFORE);

    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> rpc.call("eth_gasPrice"))
          .isInstanceOf(ChainUnavailableException.class);
    }
    // After a failure it is asked for its chain before anything else.
    assertThat(first.calls("eth_gasPrice")).isEqualTo(1);
    assertThat(first.calls("eth_chainId")).isEqualTo(RpcSettings.FAILURES_TO_OPEN);
  }

  @Test
  void aNodeThatComesBackIsAskedAgain() {
    JsonRpc rpc = connect(FORGIVING, first.url());
    first.server.failAll(RpcFault.DROPPED_BEFORE);
    assertThatThrownBy(() -> rpc.call("eth_gasPrice"))
        .isInstanceOf(ChainUnavailableException.class);
    first.server.recover();

    assertThat(answersInTheEnd(rpc)).isTrue();
  }

  @Test
  void aTrialThatACallersMistakeEndsIsNotTheLast() {
    JsonRpc rpc = connect(FORGIVING, first.url());
    first.server.failAll(RpcFault.BAD_GATEWAY);
    assertThat(answers(rpc)).isFalse();
    first.server.recover();
    List<Object> endless = new ArrayList<>();
    endless.add(endless);

    boolean tried = false;
    while (!tried) {
      tried = catchThrowable(() -> rpc.call("eth_gasPrice", endless)) instanceof JacksonException;
    }

    assertThat(answersInTheEnd(rpc)).isTrue();
  }

  @Test
  void whatMayNotBeDoneTwiceIsNot() {
    JsonRpc rpc = both();
    first.server.failAll(RpcFault.DROPPED_AFTER);

    assertThatThrownBy(() -> rpc.call("evm_mine")).isInstanceOf(ChainUnavailableException.class);
    assertThat(first.calls("evm_mine") + second.calls("evm_mine")).isEqualTo(1);
  }

  @Test
  void whoAsksForAPauseGetsItAndTheOtherIsAsked() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer busy = busy(asked);
    try {
      URI url = URI.create("http://127.0.0.1:" + busy.getAddress().getPort());
      JsonRpc rpc = connect(SETTINGS, url, second.url());

      assertThat(rpc.call("eth_gasPrice")).isInstanceOf(RpcReply.Result.class);
      assertThat(rpc.call("eth_gasPrice")).isInstanceOf(RpcReply.Result.class);
      assertThat(asked).hasValue(1);
      assertThat(second.calls("eth_gasPrice")).isEqualTo(2);
    } finally {
      busy.stop(0);
    }
  }

  /** Says which chain it serves, and for all else asks for a pause longer than any test. */
  private static HttpServer busy(AtomicInteger asked) throws IOException {
    HttpServer node =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          boolean chain = body.contains("eth_chainId");
          if (!chain) {
            asked.incrementAndGet();
            exchange.getResponseHeaders().add("Retry-After", "60");
          }
          byte[] answer = ("{\"id\":" + id(body) + ",\"result\":\"0x7a69\"}").getBytes(UTF_8);
          exchange.sendResponseHeaders(chain ? 200 : 429, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    node.start();
    return node;
  }

  @Test
  void signedBytesReachEveryNode() {
    JsonRpc rpc = both();

    assertThat(rpc.require("eth_sendRawTransaction", "0x02").stringValue())
        .isEqualTo(TestNode.TRANSACTION);
    while (second.calls("eth_sendRawTransaction") == 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void severalSignedBytesReachEveryNodeInOneRequest() {
    JsonRpc rpc = both();

    assertThat(rpc.callAll(List.of(send("0x02"), send("0x03"))))
        .hasSize(2)
        .allSatisfy(reply -> assertThat(reply).isInstanceOf(RpcReply.Result.class));
    assertThat(first.calls("eth_sendRawTransaction")).isEqualTo(1);
    while (second.calls("eth_sendRawTransaction") == 0) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RpcFault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DELAYED", "DUPLICATED"})
  void severalThatOneNodeFailsTheNextTakes(RpcFault fault) {
    JsonRpc rpc = connect(waitingFor(fault), first.url(), second.url());
    first.server.failAll(fault);

    assertThat(rpc.callAll(List.of(send("0x02"), send("0x03"))))
        .hasSize(2)
        .allSatisfy(reply -> assertThat(reply).isInstanceOf(RpcReply.Result.class));
  }

  @Test
  void severalQuestionsAreOneRequestWhereThereIsNobodyToAgreeWith() {
    JsonRpc rpc = connect(SETTINGS, first.url());
    long before = first.requests();

    assertThat(rpc.callAll(List.of(BLOCK, RpcCall.of("eth_gasPrice"), RpcCall.of("eth_getCode"))))
        .hasSize(3);
    assertThat(first.requests()).isEqualTo(before + 1);
  }

  @Test
  void severalQuestionsAreAgreedOnWhereThereAreTwo() {
    JsonRpc rpc = both();
    List<RpcCall> calls =
        List.of(RpcCall.of("eth_gasPrice"), BLOCK, RpcCall.of("eth_getCode", "0x0"));
    long before = first.requests();

    assertThat(rpc.callAll(calls))
        .extracting(reply -> ((RpcReply.Result) reply).value().isObject())
        .containsExactly(false, true, false);
    assertThat(first.requests()).isEqualTo(before + 2);
    second.fork = 1;
    assertThatThrownBy(() -> rpc.callAll(calls)).isInstanceOf(ChainUnavailableException.class);
  }

  @Test
  void ofSeveralNothingIsDoneTwiceThatMayNotBe() {
    JsonRpc rpc = connect(SETTINGS, first.url());
    first.server.failAll(RpcFault.DROPPED_AFTER);

    assertThatThrownBy(() -> rpc.callAll(List.of(RpcCall.of("evm_mine"), BLOCK)))
        .isInstanceOf(ChainUnavailableException.class);
    assertThat(first.calls("evm_mine")).isEqualTo(1);
  }

  private static RpcCall send(String signed) {
    return RpcCall.of("eth_sendRawTransaction", signed);
  }

  @Test
  void urlsOfDifferentChainsAreRefusedAtOnce() {
    second.chainId = 1;

    assertThatThrownBy(this::both)
        .isInstanceOf(WrongChainException.class)
        .hasMessageContaining(second.url() + " serves eip155:1")
        .hasMessageContaining(first.url() + " serves eip155:31337");
    assertThatThrownBy(
            () ->
                FailoverJsonRpc.connect(
                    List.of(second.url()), Optional.of(Caip2ChainId.eip155(31337)), SETTINGS))
        .isInstanceOf(WrongChainException.class);
  }

  @Test
  void aUrlThatTurnsOutToServeAnotherChainIsRefusedForGood() {
    second.server.failAll(RpcFault.DROPPED_BEFORE);
    JsonRpc rpc = both();
    second.chainId = 1;
    second.server.recover();
    first.server.failAll(RpcFault.DROPPED_BEFORE);

    assertThatThrownBy(() -> rpc.call("eth_gasPrice"))
        .isInstanceOf(ChainUnavailableException.class);
    second.chainId = 31337;
    assertThatThrownBy(() -> rpc.call("eth_gasPrice"))
        .isInstanceOf(ChainUnavailableException.class);
    assertThat(second.calls("eth_gasPrice")).isZero();
  }

  @Test
  void withoutAnyAnswerThereIsNoStart() {
    first.server.failAll(RpcFault.BAD_GATEWAY);
    second.server.failAll(RpcFault.BAD_GATEWAY);

    assertThatThrownBy(this::both).isInstanceOf(ChainUnavailableException.class);
  }

  @Test
  void theListOfUrlsIsChecked() {
    assertThatThrownBy(() -> FailoverJsonRpc.connect(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FailoverJsonRpc.connect(List.of(first.url(), first.url())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noKeyOfAUrlIsEverTold() {
    URI secret = URI.create(first.url() + "/v3/topsecret?key=topsecret");
    JsonRpc rpc = connect(SETTINGS, secret);
    first.server.failAll(RpcFault.DROPPED_BEFORE);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> rpc.call("eth_gasPrice"))
          .hasMessageContaining("127.0.0.1")
          .hasMessageNotContaining("topsecret");
    }
  }

  @Test
  void anInterruptEndsACallAndIsKept() throws Exception {
    JsonRpc rpc = both();
    first.server.failAll(RpcFault.SILENT);
    boolean[] kept = new boolean[1];
    Throwable[] thrown = new Throwable[1];
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    rpc.call("eth_gasPrice");
                  } catch (ChainUnavailableException e) {
                    thrown[0] = e;
                    kept[0] = Thread.currentThread().isInterrupted();
                  }
                });
    while (first.calls("eth_gasPrice") == 0) {
      Thread.onSpinWait();
    }
    caller.interrupt();
    caller.join();

    assertThat(thrown[0]).isInstanceOf(ChainUnavailableException.class);
    assertThat(kept[0]).isTrue();
    assertThat(second.calls("eth_gasPrice")).isZero();
  }

  private static boolean answersInTheEnd(JsonRpc rpc) {
    boolean answered = false;
    for (int i = 0; i < 1000 && !answered; i++) {
      answered = answers(rpc);
    }
    return answered;
  }

  private static boolean answers(JsonRpc rpc) {
    try {
      return rpc.call("eth_gasPrice") instanceof RpcReply.Result;
    } catch (ChainUnavailableException e) {
      return false;
    }
  }

  private static String id(String body) {
    return body.replaceAll(".*\"id\"\\s*:\\s*(\\d+).*", "$1");
  }

  private static RpcSettings settings(Duration attempt, Duration breakerPause) {
    return new RpcSettings(
        attempt,
        Duration.ofSeconds(60),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        breakerPause,
        Duration.ofHours(1));
  }

  /** Waits for a silent node no longer than it takes to tell that it is one. */
  private static RpcSettings waitingFor(RpcFault fault) {
    return fault == RpcFault.SILENT ? IMPATIENT : SETTINGS;
  }

  private JsonRpc both() {
    return connect(SETTINGS, first.url(), second.url());
  }

  private static JsonRpc connect(RpcSettings settings, URI... urls) {
    return FailoverJsonRpc.connect(Arrays.asList(urls), Optional.empty(), settings);
  }
}
