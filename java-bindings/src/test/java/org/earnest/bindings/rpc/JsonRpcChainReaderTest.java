package org.earnest.bindings.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.SentTransaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class JsonRpcChainReaderTest {
  private static final String BLOCK =
      """
      {"number": "0x5", "hash": "%1$s", "parentHash": "%1$s", "timestamp": "0x1"}
      """
          .formatted(Hash32.ZERO);

  private static final ChainCall CALL = new ChainCall(EvmAddress.ZERO, "0x");

  /** A node that gives one answer per method. */
  private static JsonRpc node(Map<String, RpcReply> answers) {
    return (method, params) ->
        method.equals("eth_chainId")
            ? result("\"0x7a69\"")
            : answers.getOrDefault(method, result("null"));
  }

  private static RpcReply result(String json) {
    return new RpcReply.Result(JsonMapper.shared().readTree(json));
  }

  private static RpcReply failure(int code, String message, String data) {
    return new RpcReply.Failure(
        code,
        message,
        Optional.of(data).filter(d -> !d.isEmpty()).map(JsonMapper.shared()::readTree));
  }

  private static CallOutcome call(RpcReply reply) {
    return JsonRpcChainReader.connect(node(Map.of("eth_call", reply)))
        .call(CALL, BlockTag.Named.LATEST);
  }

  @Test
  void theChainIdIsPinned() {
    assertThat(JsonRpcChainReader.connect(node(Map.of())).chainId())
        .isEqualTo(Caip2ChainId.eip155(31337));
    assertThatThrownBy(() -> JsonRpcChainReader.connect(node(Map.of()), Caip2ChainId.eip155(1)))
        .isInstanceOf(ChainUnavailableException.class)
        .hasMessageContaining("eip155:31337")
        .hasMessageContaining("eip155:1");
  }

  @Test
  void revertDataIsFoundWhereEachNodePutsIt() {
    CallOutcome expected = new CallOutcome.Reverted("0x08c379a0");

    assertThat(call(failure(3, "execution reverted", "\"0x08c379a0\""))).isEqualTo(expected);
    assertThat(call(failure(-32603, "VM Exception", "\"0x08c379a0\""))).isEqualTo(expected);
    assertThat(call(failure(-32603, "VM Exception", "{\"message\":\"m\",\"data\":\"0x08c379a0\"}")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "execution reverted",
        "EVM error OutOfGas",
        "out of gas",
        "EVM error InvalidOpcode"
      })
  void anExecutionThatFailsWithoutDataIsARevert(String message) {
    assertThat(call(failure(-32000, message, ""))).isEqualTo(new CallOutcome.Reverted("0x"));
  }

  @Test
  void aNodesOwnRefusalIsNoRevert() {
    assertThatThrownBy(() -> call(failure(-32602, "block is out of range", "")))
        .isInstanceOf(ChainUnavailableException.class);
  }

  @Test
  void severalBlocksAreOneQuestion() {
    List<List<RpcCall>> asked = new ArrayList<>();
    JsonRpcChainReader reader = JsonRpcChainReader.connect(tellingTheLastOfTwo(asked));

    for (List<Optional<BlockHeader>> told :
        List.of(
            reader.blocks(List.of(new BlockTag.Height(9), BlockTag.Named.LATEST)),
            reader.blocksByHash(List.of(hash(9), hash(5))))) {
      assertThat(told.getFirst()).isEmpty();
      assertThat(told.getLast().orElseThrow().ref().number()).isEqualTo(5);
    }
    assertThat(asked)
        .containsExactly(
            List.of(
                RpcCall.of("eth_getBlockByNumber", "0x9", false),
                RpcCall.of("eth_getBlockByNumber", "latest", false)),
            List.of(
                RpcCall.of("eth_getBlockByHash", hash(9).hex(), false),
                RpcCall.of("eth_getBlockByHash", hash(5).hex(), false)));
  }

  private static JsonRpc tellingTheLastOfTwo(List<List<RpcCall>> asked) {
    return new JsonRpc() {
      @Override
      public RpcReply call(String method, Object... params) {
        assertThat(method).isEqualTo("eth_chainId");
        return result("\"0x7a69\"");
      }

      @Override
      public List<RpcReply> callAll(List<RpcCall> calls) {
        asked.add(calls);
        return List.of(result("null"), result(BLOCK));
      }
    };
  }

  private static Hash32 hash(int number) {
    return new Hash32("0x%064x".formatted(number));
  }

  @Test
  void whatTheChainDoesNotHaveIsEmpty() {
    JsonRpcChainReader reader = JsonRpcChainReader.connect(node(Map.of()));

    assertThat(reader.block(new BlockTag.Height(9))).isEmpty();
    assertThat(reader.blockByHash(Hash32.ZERO)).isEmpty();
    assertThat(reader.receipt(Hash32.ZERO)).isEmpty();
    assertThat(reader.transaction(Hash32.ZERO)).isEmpty();
  }

  @Test
  void aMinedTransactionIsToldWithWhatItBringsAlong() {
    String receipt =
        """
        {"blockHash": "%s", "transactionIndex": "0x7"}
        """
            .formatted(Hash32.ZERO);
    String sent =
        """
        {"hash": "%s", "from": "%s", "to": null, "value": "0xff"}
        """
            .formatted(Hash32.ZERO, EvmAddress.ZERO);
    JsonRpcChainReader reader =
        JsonRpcChainReader.connect(
            node(
                Map.of(
                    "eth_getTransactionReceipt", result(receipt),
                    "eth_getTransactionByBlockHashAndIndex", result(sent))));

    assertThat(reader.transaction(Hash32.ZERO))
        .contains(
            new SentTransaction(
                Hash32.ZERO, EvmAddress.ZERO, Optional.empty(), BigInteger.valueOf(255)));
    assertThat(reader.transaction(new Hash32("0x" + "11".repeat(32))))
        .as("in whose place the node shows another")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "5",
        "\"0x\"",
        "\"latest\"",
        "\"0x-5\"",
        "\"0xzz\"",
        "\"5\"",
        "true",
        "\"0x11111111111111111111111111111111111111111111111111111111111111111\""
      })
  void answersOfAnotherFormAreRefused(String json) {
    JsonRpcChainReader reader =
        JsonRpcChainReader.connect(
            node(
                Map.of(
                    "eth_getBalance", result(json),
                    "eth_getBlockByNumber", result(json),
                    "eth_getTransactionByBlockHashAndIndex", result(json),
                    "eth_getTransactionReceipt", result(json))));

    assertThatThrownBy(() -> reader.balance(EvmAddress.ZERO, BlockTag.Named.LATEST))
        .isInstanceOf(ChainUnavailableException.class);
    assertThatThrownBy(() -> reader.block(BlockTag.Named.LATEST))
        .isInstanceOf(ChainUnavailableException.class);
    assertThatThrownBy(() -> reader.receipt(Hash32.ZERO))
        .isInstanceOf(ChainUnavailableException.class);
    assertThatThrownBy(() -> reader.transaction(Hash32.ZERO))
        .isInstanceOf(ChainUnavailableException.class);
  }

  @Test
  void logsOfAnotherFormAreRefused() {
    for (String json : new String[] {"null", "{}", "[null]", "[{\"topics\":[]}]"}) {
      JsonRpcChainReader reader =
          JsonRpcChainReader.connect(node(Map.of("eth_getLogs", result(json))));
      assertThatThrownBy(
              () -> reader.logs(new LogQuery(0, 1, java.util.Set.of(), java.util.List.of())))
          .isInstanceOf(ChainUnavailableException.class);
    }
  }
}
