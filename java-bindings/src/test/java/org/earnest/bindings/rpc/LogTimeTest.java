package org.earnest.bindings.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.TransactionReceipt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class LogTimeTest {
  private static final String LOG =
      "{\"address\":\"0x%040x\",\"topics\":[],\"data\":\"0x\",\"blockNumber\":\"0x5\",".formatted(7)
          + "\"blockHash\":\"0x%1$064x\",\"transactionHash\":\"0x%1$064x\",".formatted(9)
          + "\"logIndex\":\"0x0\"%s}";

  @ParameterizedTest
  @CsvSource({
    "'\"0x6553f100\"',1700000000",
    "1700000000,1700000000",
    "'\"1700000000\"',1700000000",
    "'\"0x20000000000000\"',9007199254740992"
  })
  void aLogHasTheTimeThatTheNodeTells(String told, long time) {
    assertThat(logs(LOG.formatted(",\"blockTimestamp\":" + told)))
        .extracting(ChainLog::time)
        .containsExactly(OptionalLong.of(time));
  }

  /** And is no less a log. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"0x0\"",
        "0",
        "\"\"",
        "\"0x\"",
        "\"0x-5\"",
        "-5",
        "\"-5\"",
        "1.5",
        "{}",
        "[1]",
        "true",
        "\"0x20000000000001\"",
        "\"0xffffffffffffffffffffffffffffffff\"",
        "\"soon\"",
        "1e400"
      })
  void aSenselessTimeOfALogIsNotTold(String told) {
    ChainLog silent = logs(LOG.formatted("")).getFirst();
    assertThat(silent.time()).isEmpty();
    assertThat(logs(LOG.formatted(",\"blockTimestamp\":" + told))).containsExactly(silent);
  }

  @Test
  void eachBlockHasItsOwnTime() {
    String first = LOG.formatted(",\"blockTimestamp\":\"0x7\"");
    String second = LOG.replace("\"0x5\"", "\"0x6\"").formatted(",\"blockTimestamp\":\"0x8\"");
    String third = LOG.replace("\"0x5\"", "\"0x9\"").formatted("");

    assertThat(logs(first + "," + first + "," + second + "," + third))
        .extracting(ChainLog::time)
        .containsExactly(
            OptionalLong.of(7), OptionalLong.of(7), OptionalLong.of(8), OptionalLong.empty());
  }

  /** Nodes of one chain differ in that, and are to agree on receipts. */
  @Test
  void aReceiptsLogsAreTheSameWithTimesAndWithout() {
    assertThat(receipt(LOG.formatted(",\"blockTimestamp\":\"0x7\"")))
        .isEqualTo(receipt(LOG.formatted("")));
  }

  private static TransactionReceipt receipt(String log) {
    return RpcValues.receipt(
        Caip2ChainId.eip155(31_337),
        JsonMapper.shared()
            .readTree(
                """
                {"transactionHash":"0x%064x","blockNumber":"0x5","blockHash":"0x%064x",
                 "from":"0x%040x","status":"0x1","gasUsed":"0x1","logs":[%s]}
                """
                    .formatted(1, 5, 2, log)));
  }

  private static List<ChainLog> logs(String logs) {
    JsonRpcChainReader reader =
        JsonRpcChainReader.connect(
            (method, params) ->
                new RpcReply.Result(
                    JsonMapper.shared()
                        .readTree(method.equals("eth_chainId") ? "\"0x1\"" : "[" + logs + "]")));
    return reader.logs(new LogQuery(0, 9, Set.of(), List.of()));
  }
}
