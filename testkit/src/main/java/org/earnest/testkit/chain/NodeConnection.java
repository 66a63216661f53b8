package org.earnest.testkit.chain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and makes the bodies of JSON-RPC, and lets a call have the node for itself. */
final class NodeConnection {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final UnaryOperator<String> node;
  private final ReentrantReadWriteLock calls = new ReentrantReadWriteLock();

  NodeConnection(UnaryOperator<String> node) {
    this.node = node;
  }

  /** One call as it came in. */
  record Call(JsonNode id, String method, List<JsonNode> params) {
    String text(int parameter) {
      return parameter < params.size() ? params.get(parameter).asString("") : "";
    }
  }

  /** The call, or the first one of a batch. */
  static Call read(String body) {
    JsonNode read = JSON.readTree(body);
    JsonNode call = read.isArray() ? read.path(0) : read;
    return new Call(
        call.path("id"),
        call.path("method").asString(""),
        call.path("params").valueStream().toList());
  }

  String forward(String body) {
    calls.readLock().lock();
    try {
      return node.apply(body);
    } finally {
      calls.readLock().unlock();
    }
  }

  /** Does it while no other call is under way. */
  void alone(Runnable work) {
    calls.writeLock().lock();
    try {
      work.run();
    } finally {
      calls.writeLock().unlock();
    }
  }

  /** Answers each call of a batch by itself, or the one call that it is. */
  static String each(String body, UnaryOperator<String> answer) {
    JsonNode calls = JSON.readTree(body);
    return calls.isArray()
        ? calls.valueStream().map(JSON::writeValueAsString).map(answer).toList().toString()
        : answer.apply(body);
  }

  /** The result of a call of our own, or null. */
  JsonNode ask(String method, Object... params) {
    return JSON.readTree(forward(body(method, params))).path("result");
  }

  long head() {
    return Long.decode(ask("eth_blockNumber").asString());
  }

  /** The same call with other parameters. */
  String forward(Call call, Object... params) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jsonrpc", "2.0");
    body.put("id", call.id());
    body.put("method", call.method());
    body.put("params", params);
    return forward(JSON.writeValueAsString(body));
  }

  static JsonNode result(String answer) {
    return JSON.readTree(answer).path("result");
  }

  static String answer(Call call, @Nullable Object result) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", call.id());
    answer.put("result", result);
    return JSON.writeValueAsString(answer);
  }

  static String error(Call call, int code, String message) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", call.id());
    answer.put("error", Map.of("code", code, "message", message));
    return JSON.writeValueAsString(answer);
  }

  static String hex(long number) {
    return "0x" + Long.toHexString(number);
  }

  private static String body(String method, Object... params) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jsonrpc", "2.0");
    body.put("id", 1);
    body.put("method", method);
    body.put("params", params);
    return JSON.writeValueAsString(body);
  }
}
