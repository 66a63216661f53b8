package org.earnest.bindings.rpc;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.earnest.core.chain.ChainUnavailableException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON-RPC 2.0 over HTTP. The URL is the operator's own and may point anywhere; only scheme, host
 * and port of it appear in messages, because paths and queries of hosted nodes carry access keys.
 */
public final class HttpJsonRpc implements JsonRpc {
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** From the call to the last byte of the answer. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

  public static final int MAX_ANSWER_BYTES = 64 << 20;

  private static final int MAX_MESSAGE = 300;
  private static final int HTTP_OK = 200;
  private static final int HTTP_TOO_MANY_REQUESTS = 429;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI url;
  private final Duration timeout;
  private final int maxAnswerBytes;
  private final HttpClient http;
  private final AtomicLong ids = new AtomicLong();

  HttpJsonRpc(URI url, Duration timeout, int maxAnswerBytes) {
    this.url = url;
    this.timeout = timeout;
    this.maxAnswerBytes = maxAnswerBytes;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
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
    long id = ids.incrementAndGet();
    byte[] body =
        JSON.writeValueAsBytes(
            Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", List.of(params)));
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(within)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return read(method, id, exchange(within, method, request));
  }

  private HttpResponse<byte[]> exchange(Duration within, String method, HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, info -> new BoundedBody(maxAnswerBytes));
    try {
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw unavailable(method, "no answer within " + within.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw unavailable(method, "interrupted", e);
    } catch (ExecutionException e) {
      throw unavailable(method, reason(e.getCause()), e);
    }
  }

  private RpcReply read(String method, long id, HttpResponse<byte[]> response) {
    if (response.statusCode() == HTTP_TOO_MANY_REQUESTS) {
      throw new RateLimitedException(
          text(method, "the node limits the rate of calls (HTTP 429)"),
          RateLimits.pause(response.headers().firstValue("Retry-After"), Instant.now()));
    }
    JsonNode answer;
    try {
      answer = JSON.readTree(response.body());
    } catch (JacksonException e) {
      throw unavailable(method, "HTTP " + response.statusCode() + " and no JSON", e);
    }
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      return answered(method, failure(error));
    }
    if (response.statusCode() != HTTP_OK || !answer.has("result")) {
      throw unavailable(method, "HTTP " + response.statusCode() + " and no result", null);
    }
    if (answer.path("id").asLong(-1) != id) {
      throw unavailable(method, "the answer is to another call", null);
    }
    return new RpcReply.Result(answer.get("result"));
  }

  private RpcReply answered(String method, RpcReply.Failure failure) {
    if (RateLimits.isOne(failure)) {
      throw new RateLimitedException(
          text(method, "the node limits the rate of calls (" + failure.code() + ")"),
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

  private ChainUnavailableException unavailable(
      String method, String reason, @Nullable Throwable cause) {
    String message = text(method, reason);
    return cause == null
        ? new ChainUnavailableException(message)
        : new ChainUnavailableException(message, cause);
  }

  private String text(String method, String reason) {
    return "the node at " + origin() + " did not answer " + method + ": " + reason;
  }

  /** Scheme, host and port, without what may be a key. */
  String origin() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port;
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause == null) {
      return "unknown";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
