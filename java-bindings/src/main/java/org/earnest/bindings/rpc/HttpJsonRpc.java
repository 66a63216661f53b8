package org.earnest.bindings.rpc;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.earnest.core.chain.ChainUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * JSON-RPC 2.0 over HTTP. The URL is the operator's own and may point anywhere; only scheme, host
 * and port of it appear in messages, because paths and queries of hosted nodes carry access keys.
 */
public final class HttpJsonRpc implements JsonRpc {
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** From the call to the last byte of the answer. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

  public static final int MAX_ANSWER_BYTES = 64 << 20;

  private static final int MAX_MESSAGE = 1_000;
  private static final int HTTP_OK = 200;

  private static final Logger LOG = LoggerFactory.getLogger(HttpJsonRpc.class);

  private final Duration timeout;
  private final RpcTransport transport;
  private final AtomicLong ids = new AtomicLong();
  private final BatchSize batches = new BatchSize();

  HttpJsonRpc(URI url, Duration timeout, int maxAnswerBytes) {
    this(timeout, new RpcTransport(url, maxAnswerBytes, ContentCoding.pays(url)));
  }

  HttpJsonRpc(Duration timeout, RpcTransport transport) {
    this.timeout = timeout;
    this.transport = transport;
  }

  /**
   * Calls the node at this URL.
   *
   * @throws IllegalArgumentException when the URL is not an absolute http or https one
   */
  public static HttpJsonRpc to(URI url) {
    return to(url, CALL_TIMEOUT);
  }

  /**
   * The same with a time-out of the caller's.
   *
   * @param timeout from the call to the last byte of the answer
   */
  public static HttpJsonRpc to(URI url, Duration timeout) {
    String scheme = String.valueOf(url.getScheme());
    if ((!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null) {
      throw new IllegalArgumentException("an RPC URL begins with http:// or https:// and a host");
    }
    return new HttpJsonRpc(url, timeout, MAX_ANSWER_BYTES);
  }

  @Override
  public RpcReply call(String method, Object... params) {
    return call(timeout, method, params);
  }

  RpcReply call(Duration within, String method, Object... params) {
    return call(within, RpcCall.of(method, params));
  }

  private RpcReply call(Duration within, RpcCall call) {
    long id = ids.incrementAndGet();
    HttpResponse<byte[]> response = transport.post(within, call.method(), body(id, call));
    return reply(call.method(), id, read(call.method(), response));
  }

  @Override
  public List<RpcReply> callAll(List<RpcCall> calls) {
    return callAll(timeout, calls);
  }

  /** In as few requests as the node takes. */
  List<RpcReply> callAll(Duration within, List<RpcCall> calls) {
    Deadline deadline = Deadline.in(within);
    List<RpcReply> replies = new ArrayList<>();
    while (replies.size() < calls.size()) {
      List<RpcCall> rest = calls.subList(replies.size(), calls.size());
      replies.addAll(callSome(deadline.atMost(within), rest));
    }
    return replies;
  }

  /**
   * Makes as many of these calls as go into one request, or as are answered of it.
   *
   * @return the replies to the first of them, one at least
   */
  List<RpcReply> callSome(Duration within, List<RpcCall> calls) {
    Deadline deadline = Deadline.in(within);
    Optional<List<RpcReply>> replies = Optional.empty();
    while (replies.isEmpty()) {
      List<RpcCall> next = calls.subList(0, Math.min(batches.most(), calls.size()));
      replies =
          next.size() == 1
              ? Optional.of(List.of(alone(deadline, next.getFirst())))
              : outcome(deadline, next, together(deadline.left(), next));
    }
    return replies.get();
  }

  /** Empty where fewer are to be tried. */
  private Optional<List<RpcReply>> outcome(
      Deadline deadline, List<RpcCall> calls, BatchReply reply) {
    return switch (reply) {
      case BatchReply.Answers(List<RpcReply> replies) -> {
        batches.answered(calls.size());
        yield Optional.of(replies);
      }
      case BatchReply.Refusal.OF_BATCH -> {
        tellOfRefusal(calls, batches.refused(calls.size()));
        yield Optional.empty();
      }
      case BatchReply.Refusal.UNEXPLAINED -> {
        List<RpcReply> replies = singly(deadline, calls);
        learn(calls, replies);
        yield Optional.of(replies);
      }
    };
  }

  /** It may have been in trouble, or refuse batches in words of its own. */
  private void learn(List<RpcCall> calls, List<RpcReply> replies) {
    boolean done = replies.stream().allMatch(RpcReply.Result.class::isInstance);
    if (done && replies.size() == calls.size()) {
      batches.refusedUnexplained(calls.size()).ifPresent(most -> tellOfRefusal(calls, most));
    } else {
      batches.inTrouble();
    }
  }

  private void tellOfRefusal(List<RpcCall> calls, int most) {
    LOG.info("{} refuses {} calls in one request: {} for now", origin(), calls.size(), most);
  }

  private RpcReply alone(Deadline deadline, RpcCall call) {
    RpcReply reply = call(deadline.left(), call);
    batches.answered(1);
    return reply;
  }

  /** As far as they are answered. */
  private List<RpcReply> singly(Deadline deadline, List<RpcCall> calls) {
    List<RpcReply> replies = new ArrayList<>();
    for (RpcCall call : calls) {
      try {
        replies.add(call(deadline.left(), call));
      } catch (ChainUnavailableException e) {
        if (replies.isEmpty()) {
          batches.inTrouble();
          throw e;
        }
        break;
      }
    }
    return replies;
  }

  private BatchReply together(Duration within, List<RpcCall> calls) {
    String name = RpcCall.name(calls);
    long first = ids.getAndAdd(calls.size()) + 1;
    HttpResponse<byte[]> response = transport.post(within, name, bodies(first, calls));
    if (RefusedBatches.byStatus(response.statusCode())) {
      return BatchReply.Refusal.OF_BATCH;
    }
    JsonNode answers = transport.json(name, response);
    List<RpcReply.Failure> errors = errors(answers);
    boolean nothingElse = !answers.isArray() || errors.size() == answers.size();
    Optional<BatchReply.Refusal> refusal =
        nothingElse ? RefusedBatches.byErrors(errors, response.statusCode()) : Optional.empty();
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (!answers.isArray()) {
      errors.forEach(error -> answered(name, error));
      throw transport.unavailable(name, "HTTP " + response.statusCode() + " and no answers", null);
    }
    return new BatchReply.Answers(replies(first, calls, answers));
  }

  private static List<RpcReply.Failure> errors(JsonNode answers) {
    Stream<JsonNode> all = answers.isArray() ? answers.valueStream() : Stream.of(answers);
    return all.map(answer -> answer.path("error"))
        .filter(JsonNode::isObject)
        .map(HttpJsonRpc::failure)
        .toList();
  }

  /** Up to the first that is missing or refused for the rate: what comes before it is done. */
  private List<RpcReply> replies(long first, List<RpcCall> calls, JsonNode answers) {
    Map<Long, JsonNode> byId = new HashMap<>();
    answers.forEach(answer -> byId.put(answer.path("id").asLong(-1), answer));
    List<RpcReply> replies = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      JsonNode answer = byId.getOrDefault(first + i, MissingNode.getInstance());
      try {
        replies.add(reply(calls.get(i).method(), first + i, answer));
      } catch (ChainUnavailableException e) {
        if (i == 0) {
          throw e;
        }
        return replies;
      }
    }
    return replies;
  }

  private static List<Map<String, Object>> bodies(long first, List<RpcCall> calls) {
    return IntStream.range(0, calls.size()).mapToObj(i -> body(first + i, calls.get(i))).toList();
  }

  private static Map<String, Object> body(long id, RpcCall call) {
    return Map.of("jsonrpc", "2.0", "id", id, "method", call.method(), "params", call.params());
  }

  private JsonNode read(String method, HttpResponse<byte[]> response) {
    JsonNode answer = transport.json(method, response);
    if (response.statusCode() != HTTP_OK && !answer.path("error").isObject()) {
      throw transport.unavailable(method, "HTTP " + response.statusCode() + " and no result", null);
    }
    return answer;
  }

  private RpcReply reply(String method, long id, JsonNode answer) {
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      return answered(method, failure(error));
    }
    if (!answer.has("result")) {
      throw transport.unavailable(method, "there is no result", null);
    }
    if (answer.path("id").asLong(-1) != id) {
      throw transport.unavailable(method, "the answer is to another call", null);
    }
    return new RpcReply.Result(answer.get("result"));
  }

  private RpcReply answered(String method, RpcReply.Failure failure) {
    if (RateLimits.isOne(failure)) {
      throw new RateLimitedException(
          transport.text(method, "the node limits the rate of calls (" + failure.code() + ")"),
          RateLimits.DEFAULT_PAUSE);
    }
    return failure;
  }

  private static RpcReply.Failure failure(JsonNode error) {
    JsonNode data = error.path("data");
    boolean given = !data.isMissingNode() && !data.isNull();
    return new RpcReply.Failure(
        error.path("code").asInt(0),
        message(error.path("message").asString("")),
        given ? Optional.of(data) : Optional.empty());
  }

  /** Nodes quote what they refuse, at any length. */
  private static String message(String text) {
    String bounded = text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "...";
    return bounded.replaceAll("\\p{C}", "?");
  }

  /** Scheme, host and port, without what may be a key. */
  String origin() {
    return transport.origin();
  }
}
