package org.earnest.bindings.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.LogRangeRefusedException;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Refusals of ranges on the whole way from the node's bytes. */
final class RefusedLogsTest {
  private static final LogQuery QUERY =
      new LogQuery(0x1650f1a, 0x1653629, Set.of(EvmAddress.ZERO), List.of());
  private static final int MAX_ANSWER = 4096;

  /** As long as Alchemy's words where blocks have seven digits; the range stands at their end. */
  @Test
  void areReadToTheirEnd() {
    String words =
        "Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range"
            + " and no limit on the response size, or you can request any block range with a cap"
            + " of 10K logs in the response. Based on your parameters and the response size limit,"
            + " this block range should work: [0x1650f1a, 0x1651209]";
    assertThat(refused(error(-32602, words)).blocks())
        .isEqualTo(OptionalLong.of(0x1651209 - 0x1650f1a + 1));
  }

  @Test
  void mayNameNoNumber() {
    assertThat(refused(error(-32600, "block range is too wide")).blocks()).isEmpty();
  }

  @Test
  void areNotRepeatedAndNotHeldAgainstTheNode() {
    try (FaultyRpcServer node = node(error(-32600, "block range is too wide"))) {
      ChainReader chain = JsonRpcChainReader.connect(FailoverJsonRpc.connect(List.of(node.url())));
      for (int i = 1; i <= 2 * RpcSettings.FAILURES_TO_OPEN; i++) {
        assertThatThrownBy(() -> chain.logs(QUERY)).isInstanceOf(LogRangeRefusedException.class);
        assertThat(node.calls("eth_getLogs")).isEqualTo(i);
      }
    }
  }

  @Test
  void otherErrorsAreNoRefusals() {
    try (FaultyRpcServer node = node(error(-32603, "internal error"))) {
      ChainReader chain = JsonRpcChainReader.connect(HttpJsonRpc.to(node.url()));
      assertThatThrownBy(() -> chain.logs(QUERY))
          .isInstanceOf(ChainUnavailableException.class)
          .isNotInstanceOf(LogRangeRefusedException.class);
    }
  }

  @Test
  void anAnswerThatIsTooLargeIsOne() {
    try (FaultyRpcServer node = node("\"result\":\"" + "f".repeat(2 * MAX_ANSWER) + "\"")) {
      JsonRpc rpc = new HttpJsonRpc(node.url(), HttpJsonRpc.CALL_TIMEOUT, MAX_ANSWER);
      ChainReader chain = JsonRpcChainReader.connect(rpc);
      assertThatThrownBy(() -> chain.logs(QUERY)).isInstanceOf(LogRangeRefusedException.class);
      assertThat(node.calls("eth_getLogs")).isEqualTo(1);
    }
  }

  private static LogRangeRefusedException refused(String answer) {
    try (FaultyRpcServer node = node(answer)) {
      ChainReader chain = JsonRpcChainReader.connect(FailoverJsonRpc.connect(List.of(node.url())));
      return catchThrowableOfType(LogRangeRefusedException.class, () -> chain.logs(QUERY));
    }
  }

  /** Its limits are its own; of several blocks fewer are asked for instead. */
  @Test
  void ofOneBlockAreAskedOfTheNextNode() {
    String refusal = error(-32005, "query returned more than 10000 results");
    try (FaultyRpcServer strict = node(refusal);
        FaultyRpcServer other = node("\"result\":[]")) {
      ChainReader chain =
          JsonRpcChainReader.connect(FailoverJsonRpc.connect(List.of(strict.url(), other.url())));
      LogQuery one = new LogQuery(7, 7, Set.of(EvmAddress.ZERO), List.of());

      assertThat(chain.logs(one)).isEmpty();
      assertThat(strict.calls("eth_getLogs")).isEqualTo(1);
      assertThatThrownBy(() -> chain.logs(QUERY)).isInstanceOf(LogRangeRefusedException.class);
      assertThat(other.calls("eth_getLogs")).isEqualTo(1);
    }
  }

  @Test
  void ofOneBlockAreRefusedWhereEveryNodeRefusesThem() {
    String refusal = error(-32005, "query returned more than 10000 results");
    try (FaultyRpcServer strict = node(refusal);
        FaultyRpcServer stricter = node(refusal)) {
      ChainReader chain =
          JsonRpcChainReader.connect(
              FailoverJsonRpc.connect(List.of(strict.url(), stricter.url())));
      LogQuery one = new LogQuery(7, 7, Set.of(EvmAddress.ZERO), List.of());

      assertThatThrownBy(() -> chain.logs(one)).isInstanceOf(LogRangeRefusedException.class);
      assertThat(stricter.calls("eth_getLogs")).isEqualTo(1);
    }
  }

  /** Answers questions for logs so, and all others with 1. */
  private static FaultyRpcServer node(String answer) {
    return FaultyRpcServer.stub(
        body -> {
          JsonNode call = JsonMapper.shared().readTree(body);
          boolean logs = call.path("method").asString("").equals("eth_getLogs");
          return "{\"jsonrpc\":\"2.0\",\"id\":%s,%s}"
              .formatted(call.path("id"), logs ? answer : "\"result\":\"0x1\"");
        });
  }

  private static String error(int code, String words) {
    return "\"error\":{\"code\":%d,\"message\":\"%s\"}".formatted(code, words);
  }
}
