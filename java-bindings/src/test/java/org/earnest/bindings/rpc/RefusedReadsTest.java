package org.earnest.bindings.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a pruned node refuses, an archive answers. */
final class RefusedReadsTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PRUNED = error(-32000, "missing trie node 1f3a (path )");
  private static final RpcCall PAST = RpcCall.of("eth_call", Map.of(), "0x1");
  private static final RpcCall LOGS =
      RpcCall.of("eth_getLogs", Map.of("fromBlock", "0x1", "toBlock", "0x9"));

  private volatile String refusal = PRUNED;
  private volatile String archives = "\"result\":\"0x2\"";
  private final FaultyRpcServer pruned = node(() -> refusal);
  private final FaultyRpcServer archive = node(() -> archives);
  private final JsonRpc rpc = connect(pruned.url(), archive.url());

  @AfterEach
  void end() {
    pruned.close();
    archive.close();
  }

  /** As geth, Erigon, Nethermind and hosted nodes say it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-32000 | missing trie node 1f3a (path )",
        "4444 | pruned history unavailable",
        "-32000 | header not found",
        "-32001 | block not found",
        "-32601 | the method eth_call does not exist/is not available",
        "-32603 | internal error",
        "-32000 | required historical state unavailable (reexec=128)",
        "-32002 | state at block 0x1 is pruned"
      })
  void isAskedOfTheNextInWhateverWords(int code, String words) {
    refusal = error(code, words);

    assertThat(rpc.require("eth_call", Map.of(), "0x1").stringValue()).isEqualTo("0x2");
    assertThat(rpc.callAll(List.of(LOGS)).getFirst()).isInstanceOf(RpcReply.Result.class);
    assertThat(rpc.require("eth_getBalance", "0x0", "0x1").stringValue()).isEqualTo("0x2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08c379a0\"}",
        "\"error\":{\"code\":-32000,\"message\":\"execution reverted\"}",
        "\"error\":{\"code\":-32000,\"message\":\"out of gas\"}"
      })
  void aRevertIsAnAnswer(String revert) {
    refusal = revert;

    assertThat(rpc.call("eth_call", Map.of(), "0x1")).isInstanceOf(RpcReply.Failure.class);
    assertThat(archive.calls("eth_call")).isZero();
  }

  /** As geth, Besu and anvil say it; every node would. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-32602 | invalid argument 0: hex string without 0x prefix",
        "-32000 | insufficient funds for gas * price + value: address 0x11 have 0 want 1",
        "-32003 | Insufficient funds for gas * price + value",
        "-32000 | gas required exceeds allowance (30000000)",
        "-32000 | gas required exceeds: 30000000"
      })
  void whatIsWrongWithTheQuestionIsAnAnswer(int code, String words) {
    refusal = error(code, words);

    assertThat(rpc.call("eth_estimateGas", Map.of())).isInstanceOf(RpcReply.Failure.class);
    assertThat(archive.calls("eth_estimateGas")).isZero();
  }

  /** Some hosted nodes call it invalid params. */
  @Test
  void oneBlocksLogsThatAreTooManyAreAskedOfTheNext() {
    refusal = error(-32602, "Log response size exceeded");
    RpcCall ofOneBlock = RpcCall.of("eth_getLogs", Map.of("fromBlock", "0x1", "toBlock", "0x1"));

    assertThat(rpc.callAll(List.of(ofOneBlock)).getFirst()).isInstanceOf(RpcReply.Result.class);
    assertThat(rpc.callAll(List.of(LOGS)).getFirst()).isInstanceOf(RpcReply.Failure.class);
  }

  @Test
  void aRefusedRangeIsAnAnswerToo() {
    refusal = error(-32005, "query returned more than 10000 results");

    assertThat(rpc.callAll(List.of(LOGS)).getFirst()).isInstanceOf(RpcReply.Failure.class);
    assertThat(archive.calls("eth_getLogs")).isZero();
  }

  @Test
  void whereAllRefuseTheFirstIsTold() {
    archives = error(-32601, "not here");

    assertThat(rpc.call("eth_call", Map.of(), "0x1"))
        .isInstanceOfSatisfying(
            RpcReply.Failure.class,
            told -> assertThat(told.message()).startsWith("missing trie node"));
    assertThat(pruned.calls("eth_call")).isEqualTo(1);
    assertThat(archive.calls("eth_call")).isEqualTo(1);
  }

  @Test
  void whereTheNextFailsTheRefusalIsTold() {
    archive.failAll(RpcFault.BAD_GATEWAY);

    assertThat(rpc.call("eth_call", Map.of(), "0x1")).isInstanceOf(RpcReply.Failure.class);
    assertThat(pruned.calls("eth_call")).isEqualTo(1);
  }

  @Test
  void ofSeveralOnlyWhatWasRefusedIsAskedAgain() {
    RpcCall price = RpcCall.of("eth_gasPrice");

    assertThat(rpc.callAll(List.of(PAST, price, PAST, LOGS)))
        .extracting(reply -> ((RpcReply.Result) reply).value().stringValue())
        .containsExactly("0x2", "0x1", "0x2", "0x2");
    assertThat(pruned.calls("eth_call")).isEqualTo(1);
    assertThat(archive.calls("eth_call")).isEqualTo(1);
    assertThat(archive.calls("eth_gasPrice")).isZero();
  }

  @Test
  void itIsNotHeldAgainstTheNode() {
    for (int i = 1; i <= 2 * RpcSettings.FAILURES_TO_OPEN; i++) {
      assertThat(rpc.call("eth_call", Map.of(), "0x1")).isInstanceOf(RpcReply.Result.class);
      assertThat(pruned.calls("eth_call")).isEqualTo(i);
    }
    assertThat(rpc.require("eth_gasPrice").stringValue()).isEqualTo("0x1");
    assertThat(archive.calls("eth_gasPrice")).isZero();
  }

  @Test
  void whatSignedBytesAreAnsweredIsTheFirstNodes() {
    refusal = error(-32000, "nonce too low");

    assertThat(rpc.call("eth_sendRawTransaction", "0x02"))
        .isInstanceOfSatisfying(
            RpcReply.Failure.class, told -> assertThat(told.message()).isEqualTo("nonce too low"));
    assertThat(pruned.calls("eth_sendRawTransaction")).isEqualTo(1);
  }

  @Test
  void withOneUrlARefusalIsTold() {
    assertThat(connect(pruned.url()).call("eth_call", Map.of(), "0x1"))
        .isInstanceOf(RpcReply.Failure.class);
    assertThat(pruned.calls("eth_call")).isEqualTo(1);
  }

  private static JsonRpc connect(URI... urls) {
    return FailoverJsonRpc.connect(Arrays.asList(urls));
  }

  /** Knows its chain and the price of gas, and gives one answer to all else. */
  private static FaultyRpcServer node(Supplier<String> others) {
    return FaultyRpcServer.stub(
        body -> {
          JsonNode asked = JSON.readTree(body);
          return asked.isArray()
              ? asked.valueStream().map(call -> answer(call, others.get())).toList().toString()
              : answer(asked, others.get());
        });
  }

  private static String answer(JsonNode call, String others) {
    String member =
        switch (call.path("method").asString("")) {
          case "eth_chainId", "eth_gasPrice" -> "\"result\":\"0x1\"";
          default -> others;
        };
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,%s}".formatted(call.path("id"), member);
  }

  private static String error(int code, String words) {
    return "\"error\":{\"code\":%d,\"message\":\"%s\"}".formatted(code, words);
  }
}
