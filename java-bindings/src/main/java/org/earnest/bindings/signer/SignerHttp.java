package org.earnest.bindings.signer;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.earnest.bindings.rpc.BoundedBody;
import org.earnest.core.chain.SignerUnavailableException;

/**
 * Bounded calls of a remote signer. Only scheme, host and port of its URL appear in messages, as a
 * path or a user's part may carry a secret.
 */
final class SignerHttp {
  private static final int HTTP_OK = 200;
  private static final int HTTP_NOT_FOUND = 404;

  private final String base;
  private final String shown;
  private final Duration timeout;
  private final HttpClient http;

  SignerHttp(URI url, Duration timeout) {
    String scheme = String.valueOf(url.getScheme());
    if ((!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "a signer's URL begins with http:// or https:// and a host");
    }
    this.base = url.toString().replaceAll("/+$", "");
    this.shown = scheme + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  String get(String path, int maxBytes) {
    return exchange(HttpRequest.newBuilder(URI.create(base + path)).build(), maxBytes);
  }

  String post(String path, byte[] json, int maxBytes) {
    return exchange(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(json))
            .build(),
        maxBytes);
  }

  private String exchange(HttpRequest request, int maxBytes) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, info -> new BoundedBody(maxBytes));
    try {
      return read(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
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

  private String read(HttpResponse<byte[]> response) {
    return switch (response.statusCode()) {
      case HTTP_OK -> new String(response.body(), StandardCharsets.UTF_8);
      case HTTP_NOT_FOUND ->
          throw unavailable("it does not know the key, or is no web3signer (404)");
      default -> throw unavailable("HTTP " + response.statusCode());
    };
  }

  SignerUnavailableException unavailable(String reason) {
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
