package org.earnest.bindings.rpc;

import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node that says what a test has it say. */
final class TestNode implements AutoCloseable {
  static final String TRANSACTION = hash(0xabc);
  private static final JsonMapper JSON = JsonMapper.shared();

  final FaultyRpcServer server = FaultyRpcServer.stub(this::answer);
  volatile long chainId = 31337;
  volatile long head;
  volatile long count;
  volatile long pending;
  volatile @Nullable Long minedAt;
  volatile int fork;
  volatile boolean succeeded = true;
  volatile boolean timesOfLogs;
  volatile long value = 1;
  volatile String refused = "";

  /** Calls of one request that it answers. */
  volatile int most = Integer.MAX_VALUE;

  /** Heights at which it tells nonsense, once each. */
  final Set<Long> garbled = ConcurrentHashMap.newKeySet();

  private final LongAdder answers = new LongAdder();

  TestNode(long head) {
    this.head = head;
  }

  URI url() {
    return server.url();
  }

  long calls(String method) {
    return server.calls(method);
  }

  long requests() {
    return server.calls("jsonrpc");
  }

  /** Calls that it answered, however many were in one request. */
  long answers() {
    return answers.sum();
  }

  private String answer(String body) {
    JsonNode asked = JSON.readTree(body);
    return asked.isArray()
        ? asked.valueStream().limit(most).map(this::answer).toList().toString()
        : answer(asked);
  }

  private String answer(JsonNode call) {
    answers.increment();
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", call.path("id"));
    String method = call.path("method").asString();
    if (method.equals(refused)) {
      answer.put("error", Map.of("code", -32000, "message", "not served here"));
    } else {
      answer.put("result", result(method, call.path("params")));
    }
    return JSON.writeValueAsString(answer);
  }

  private @Nullable Object result(String method, JsonNode params) {
    return switch (method) {
      case "eth_chainId" -> hex(chainId);
      case "eth_blockNumber" -> hex(head);
      case "eth_getBlockByNumber" -> block(height(params.path(0).asString()));
      case "eth_getTransactionCount" ->
          hex(params.path(1).asString().equals("pending") ? pending : count);
      case "eth_getTransactionReceipt" -> minedAt == null ? null : receipt(minedAt);
      case "eth_getTransactionByBlockHashAndIndex" -> minedAt == null ? null : transaction(minedAt);
      case "eth_sendRawTransaction" -> TRANSACTION;
      default -> "0x1";
    };
  }

  private long height(String tag) {
    return tag.startsWith("0x") ? Long.decode(tag) : head;
  }

  private @Nullable Map<String, Object> block(long number) {
    return number > head
        ? null
        : Map.of(
            "number", hex(number),
            "hash", garbled.remove(number) ? "nonsense" : hash(number + 1000L * fork),
            "parentHash", hash(number - 1),
            "timestamp", hex(number),
            "baseFeePerGas", "0x1");
  }

  private Map<String, Object> receipt(long number) {
    Map<String, Object> receipt = new HashMap<>();
    receipt.put("transactionHash", TRANSACTION);
    receipt.put("blockNumber", hex(number));
    receipt.put("blockHash", hash(number + 1000L * fork));
    receipt.put("from", "0x" + "11".repeat(20));
    receipt.put("status", succeeded ? "0x1" : "0x0");
    receipt.put("gasUsed", "0x5208");
    receipt.put("logs", List.of(log(receipt, number)));
    return receipt;
  }

  private Map<String, Object> transaction(long number) {
    return Map.of(
        "hash",
        TRANSACTION,
        "blockHash",
        hash(number + 1000L * fork),
        "from",
        "0x" + "11".repeat(20),
        "to",
        "0x" + "22".repeat(20),
        "value",
        hex(value));
  }

  private Map<String, Object> log(Map<String, Object> receipt, long number) {
    Map<String, Object> log = new HashMap<>(receipt);
    log.put("address", "0x" + "22".repeat(20));
    log.put("topics", List.of());
    log.put("data", "0x");
    log.put("logIndex", "0x0");
    if (timesOfLogs) {
      log.put("blockTimestamp", hex(number));
    }
    return log;
  }

  static String hex(long number) {
    return "0x" + Long.toHexString(number);
  }

  private static String hash(long number) {
    return String.format("0x%064x", number);
  }

  @Override
  public void close() {
    server.close();
  }
}
