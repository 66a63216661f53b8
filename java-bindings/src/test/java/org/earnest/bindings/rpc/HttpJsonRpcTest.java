package org.earnest.bindings.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpJsonRpcTest {
  private static final Duration SHORT = Duration.ofMillis(300);

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
          .isEqualTo(new RpcReply.Failure(-32601, "no such method", Optional.empty()));
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

  private static String reply(String member) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1," + member + "}";
  }
}
