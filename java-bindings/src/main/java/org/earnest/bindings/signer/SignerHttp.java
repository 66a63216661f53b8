package org.earnest.bindings.signer;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.earnest.bindings.rpc.BoundedBody;
import org.earnest.core.chain.SignerUnavailableException;

/**
 * Bounded calls of a remote signer. Only scheme, host and port of its URL appear in messages, as a
 * path or a user's part may carry a secret.
 */
public final class SignerHttp {
  private static final int HTTP_OK = 200;
  private static final int HTTP_NOT_FOUND = 404;

  private final String base;
  private final String shown;
  private final Duration timeout;
  private final Supplier<Map<String, String>> headers;
  private final HttpClient http;

  /** What was answered, whatever its status. */
  public record Answer(int status, String body) {}

  SignerHttp(URI url, Duration timeout) {
    this(url, timeout, Map::of);
  }

  /**
   * Calls below a URL.
   *
   * @param timeout from the call to the last byte
   * @param headers of every request, asked for each
   * @throws IllegalArgumentException when the URL is not an absolute http or https one
   */
  public SignerHttp(URI url, Duration timeout, Supplier<Map<String, String>> headers) {
    String scheme = String.valueOf(url.getScheme());
    if ((!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "a signer's URL begins with http:// or https:// and a host");
    }
    this.base = url.toString().replaceAll("/+$", "");
    this.shown = scheme + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    this.timeout = timeout;
    this.headers = headers;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  String get(String path, int maxBytes) {
    return read(call("GET", path, Optional.empty(), maxBytes));
  }

  String post(String path, byte[] json, int maxBytes) {
    return read(call("POST", path, Optional.of(json), maxBytes));
  }

  /**
   * One request, which is not repeated.
   *
   * @param path begins with a slash
   * @param maxBytes of the answer
   * @throws SignerUnavailableException when no whole answer came in time; whether anything was done
   *     is then unknown
   */
  public Answer call(String method, String path, Optional<byte[]> json, int maxBytes) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    headers.get().forEach(request::header);
    json.ifPresent(body -> request.header("Content-Type", "application/json"));
    request.method(method, json.map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody));
    return exchange(request.build(), maxBytes);
  }

  private Answer exchange(HttpRequest request, int maxBytes) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, info -> new BoundedBody(maxBytes));
    try {
      HttpResponse<byte[]> whole = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(whole.statusCode(), new String(whole.body(), StandardCharsets.UTF_8));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw unavailable("no answer within " + timeout.toMillis() + " ms");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw unavailable("interrupted");
    } catch (ExecutionException e) {
      throw new SignerUnavailableException(message("no answer that can be read"), e);
    }
  }

  private String read(Answer answer) {
    return switch (answer.status()) {
      case HTTP_OK -> answer.body();
      case HTTP_NOT_FOUND ->
          throw unavailable("it does not know the key, or is no web3signer (404)");
      default -> throw unavailable("HTTP " + answer.status());
    };
  }

  /** That it did not sign, and why. */
  public SignerUnavailableException unavailable(String reason) {
    return new SignerUnavailableException(message(reason));
  }

  private String message(String reason) {
    return "the signer at " + shown + " did not sign: " + reason;
  }

  @Override
  public String toString() {
    return shown;
  }
}
