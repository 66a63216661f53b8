package org.earnest.bindings.rpc;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.earnest.core.chain.ChainUnavailableException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON to one URL and back, within bounds of bytes and time; whatever fails is told by its text.
 */
final class RpcTransport {
  private static final int HTTP_TOO_MANY_REQUESTS = 429;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI url;
  private final int maxAnswerBytes;
  private final boolean compressed;
  private final HttpClient http;

  /**
   * Opens no connection yet.
   *
   * @param maxAnswerBytes of an answer as it is sent, and as it is read
   * @param compressed whether answers are asked for so
   */
  RpcTransport(URI url, int maxAnswerBytes, boolean compressed) {
    this.url = url;
    this.maxAnswerBytes = maxAnswerBytes;
    this.compressed = compressed;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(HttpJsonRpc.CONNECT_TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            // On the client's own thread, as nothing of ours waits there: to hand each part of a
            // call to a pool takes more processor time than the call.
            .executor(Runnable::run)
            .build();
  }

  /** Scheme, host and port, without what may be a key. */
  String origin() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port;
  }

  HttpResponse<byte[]> post(Duration within, String method, Object body) {
    if (within.toMillis() <= 0) {
      throw unavailable(method, "no time was left", null);
    }
    // Without a time-out of its own, which would wake the client's thread once more for each call:
    // whoever waits gives up by itself, and that ends the exchange.
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    if (compressed) {
      request.header("Accept-Encoding", ContentCoding.GZIP);
    }
    return exchange(within, method, request.build());
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
      throw failed(method, e.getCause(), e);
    }
  }

  /** The answer's JSON, whatever its status, but for one that limits the rate. */
  JsonNode json(String method, HttpResponse<byte[]> response) {
    if (response.statusCode() == HTTP_TOO_MANY_REQUESTS) {
      throw new RateLimitedException(
          text(method, "the node limits the rate of calls (HTTP 429)"),
          RateLimits.pause(response.headers().firstValue("Retry-After"), Instant.now()));
    }
    try {
      return JSON.readTree(
          ContentCoding.decoded(response.headers(), response.body(), maxAnswerBytes));
    } catch (IOException e) {
      throw failed(method, e, e);
    } catch (JacksonException e) {
      throw unavailable(method, "HTTP " + response.statusCode() + " and no JSON", e);
    }
  }

  private ChainUnavailableException failed(
      String method, @Nullable Throwable why, Exception cause) {
    return why instanceof BodyTooLargeException
        ? new AnswerTooLargeException(text(method, reason(why)))
        : unavailable(method, reason(why), cause);
  }

  ChainUnavailableException unavailable(String method, String reason, @Nullable Throwable cause) {
    String message = text(method, reason);
    return cause == null
        ? new ChainUnavailableException(message)
        : new ChainUnavailableException(message, cause);
  }

  String text(String method, String reason) {
    return "the node at " + origin() + " did not answer " + method + ": " + reason;
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause == null) {
      return "unknown";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
