package org.earnest.bindings.rpc;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.LogRangeRefusedException;
import org.earnest.core.chain.SentTransaction;
import org.earnest.core.chain.TransactionReceipt;
import tools.jackson.databind.JsonNode;

/** Reads a chain through one node, whose chain id was asked once and is kept. */
public final class JsonRpcChainReader implements ChainReader {
  private static final String LOGS = RpcMethods.LOGS;
  private static final String BLOCK_BY_HASH = "eth_getBlockByHash";

  private final JsonRpc rpc;
  private final Caip2ChainId chainId;

  private JsonRpcChainReader(JsonRpc rpc, Caip2ChainId chainId) {
    this.rpc = rpc;
    this.chainId = chainId;
  }

  /** Takes the chain that the node serves. */
  public static JsonRpcChainReader connect(JsonRpc rpc) {
    JsonNode answer = rpc.require("eth_chainId");
    return new JsonRpcChainReader(
        rpc, read("eth_chainId", answer, id -> Caip2ChainId.eip155(RpcValues.number(id))));
  }

  /**
   * Asks nothing now.
   *
   * @param rpc serves this chain or refuses by itself
   */
  public static JsonRpcChainReader of(FailoverJsonRpc rpc, Caip2ChainId chain) {
    return new JsonRpcChainReader(rpc, chain);
  }

  /**
   * Insists on one chain.
   *
   * @throws ChainUnavailableException when the node serves another chain, too
   */
  public static JsonRpcChainReader connect(JsonRpc rpc, Caip2ChainId expected) {
    JsonRpcChainReader reader = connect(rpc);
    if (!reader.chainId.equals(expected)) {
      throw new ChainUnavailableException(
          "the node serves " + reader.chainId + ", not " + expected + ": check the RPC URL");
    }
    return reader;
  }

  @Override
  public Caip2ChainId chainId() {
    return chainId;
  }

  @Override
  public Optional<BlockHeader> block(BlockTag tag) {
    // What is pending has no hash everywhere, and one that means nothing elsewhere.
    if (tag == BlockTag.Named.PENDING) {
      return Optional.empty();
    }
    return find(RpcMethods.BLOCK, this::header, tag.rpc(), false);
  }

  /** In as few requests as the node takes. */
  @Override
  public List<Optional<BlockHeader>> blocks(List<BlockTag> tags) {
    if (tags.size() < 2 || tags.contains(BlockTag.Named.PENDING)) {
      return ChainReader.super.blocks(tags);
    }
    return headers(RpcMethods.BLOCK, tags.stream().map(BlockTag::rpc).toList());
  }

  private List<Optional<BlockHeader>> headers(String method, List<String> blocks) {
    return rpc
        .callAll(blocks.stream().map(block -> RpcCall.of(method, block, false)).toList())
        .stream()
        .map(reply -> found(method, this::header, reply.require(method).value()))
        .toList();
  }

  private BlockHeader header(JsonNode block) {
    return RpcValues.headerWithBloom(chainId, block);
  }

  @Override
  public long time() {
    long newest =
        timestamp(BlockTag.Named.LATEST)
            .orElseThrow(() -> new ChainUnavailableException("the chain has no newest block"));
    return Math.max(newest, timestamp(BlockTag.Named.PENDING).orElse(newest));
  }

  private Optional<Long> timestamp(BlockTag tag) {
    return find(
        RpcMethods.BLOCK, block -> RpcValues.number(block.path("timestamp")), tag.rpc(), false);
  }

  @Override
  public Optional<BlockHeader> blockByHash(Hash32 hash) {
    return find(BLOCK_BY_HASH, this::header, hash.hex(), false);
  }

  /** In as few requests as the node takes. */
  @Override
  public List<Optional<BlockHeader>> blocksByHash(List<Hash32> hashes) {
    return headers(BLOCK_BY_HASH, hashes.stream().map(Hash32::hex).toList());
  }

  @Override
  public CallOutcome call(ChainCall call, BlockTag at) {
    Map<String, Object> transaction = new LinkedHashMap<>();
    call.from().ifPresent(from -> transaction.put("from", from.hex()));
    transaction.put("to", call.to().hex());
    transaction.put("data", call.data());
    call.gas().ifPresent(gas -> transaction.put("gas", "0x" + Long.toHexString(gas)));
    return switch (rpc.call("eth_call", transaction, at.rpc())) {
      case RpcReply.Result result ->
          new CallOutcome.Returned(read("eth_call", result.value(), RpcValues::data));
      case RpcReply.Failure failure ->
          Reverts.of(failure)
              .orElseThrow(
                  () -> new ChainUnavailableException("eth_call failed: " + failure.message()));
    };
  }

  @Override
  public String code(EvmAddress account, BlockTag at) {
    return ask("eth_getCode", RpcValues::data, account.hex(), at.rpc());
  }

  @Override
  public BigInteger balance(EvmAddress account, BlockTag at) {
    return ask("eth_getBalance", RpcValues::quantity, account.hex(), at.rpc());
  }

  @Override
  public BigInteger transactionCount(EvmAddress account, BlockTag at) {
    return BigInteger.valueOf(
        ask("eth_getTransactionCount", RpcValues::number, account.hex(), at.rpc()));
  }

  @Override
  public List<ChainLog> logs(LogQuery query) {
    Map<String, Object> filter = new LinkedHashMap<>();
    filter.put("fromBlock", new BlockTag.Height(query.fromBlock()).rpc());
    filter.put("toBlock", new BlockTag.Height(query.toBlock()).rpc());
    if (!query.addresses().isEmpty()) {
      filter.put("address", query.addresses().stream().map(EvmAddress::hex).toList());
    }
    if (!query.topic0().isEmpty()) {
      filter.put("topics", List.of(query.topic0().stream().map(Hash32::hex).toList()));
    }
    return switch (ask(filter)) {
      case RpcReply.Result result ->
          read(LOGS, result.value(), logs -> RpcValues.logsWithTimes(chainId, logs));
      case RpcReply.Failure failure -> throw refused(query, failure);
    };
  }

  private RpcReply ask(Map<String, Object> filter) {
    try {
      return rpc.call(LOGS, filter);
    } catch (AnswerTooLargeException large) {
      throw new LogRangeRefusedException(String.valueOf(large.getMessage()), OptionalLong.empty());
    }
  }

  private static ChainUnavailableException refused(LogQuery query, RpcReply.Failure failure) {
    String message = LOGS + " failed: " + failure.message();
    return RefusedRanges.blocks(failure, query.fromBlock(), query.toBlock())
        .<ChainUnavailableException>map(blocks -> new LogRangeRefusedException(message, blocks))
        .orElseGet(() -> new ChainUnavailableException(message));
  }

  /** By its place in its block, as all nodes have that, and by its hash each what its pool has. */
  @Override
  public Optional<SentTransaction> transaction(Hash32 hash) {
    return find(RpcMethods.RECEIPT, JsonRpcChainReader::place, hash.hex())
        .flatMap(place -> find(RpcMethods.MINED, RpcValues::transaction, place))
        .filter(sent -> sent.hash().equals(hash));
  }

  private static Object[] place(JsonNode receipt) {
    return new Object[] {
      RpcValues.hash(receipt.path("blockHash")).hex(),
      "0x" + Long.toHexString(RpcValues.number(receipt.path("transactionIndex")))
    };
  }

  @Override
  public Optional<TransactionReceipt> receipt(Hash32 transaction) {
    return find(
        "eth_getTransactionReceipt",
        receipt -> RpcValues.receipt(chainId, receipt),
        transaction.hex());
  }

  private <T> T ask(String method, Function<JsonNode, T> reading, Object... params) {
    return read(method, rpc.require(method, params), reading);
  }

  private <T> Optional<T> find(String method, Function<JsonNode, T> reading, Object... params) {
    return found(method, reading, rpc.require(method, params));
  }

  private static <T> Optional<T> found(
      String method, Function<JsonNode, T> reading, JsonNode answer) {
    return answer.isNull() ? Optional.empty() : Optional.of(read(method, answer, reading));
  }

  static <T> T read(String method, JsonNode answer, Function<JsonNode, T> reading) {
    try {
      return reading.apply(answer);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ChainUnavailableException(
          "the node's answer to " + method + " is not of Ethereum's form: " + e.getMessage(), e);
    }
  }
}
