package org.earnest.payments.edge;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.kit.http.Problem;
import org.earnest.kit.json.StrictJson;

/**
 * Answers with what a server behind this one answers (RFC 9110, section 7.6). Payments stay here,
 * in both directions; so do headers of the connection and what a buyer says of where it comes from.
 */
public final class Upstream extends HttpServlet {
  /** How long the server behind may take until it answers, and until what is sold is whole. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long serialVersionUID = 1;
  private static final int BAD_REQUEST = 400;
  private static final int BAD_GATEWAY = 502;
  private static final int GATEWAY_TIMEOUT = 504;
  private static final int TOO_LARGE = 413;

  /** Of the connection, and such as this side writes itself. */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "forwarded",
          "host",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** A paid answer is kept whole and plain: it must not be one part of itself, or none. */
  private static final Set<String> PARTIAL =
      Set.of(
          "accept-encoding",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "range");

  /** By these a buyer would get another address or method than it paid for, or be somebody else. */
  private static final Set<String> MISLEADING =
      Set.of(
          "cf-connecting-ip",
          "true-client-ip",
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "x-original-url",
          "x-real-ip",
          "x-rewrite-url");

  private static final Set<String> PAYMENT =
      Set.of(
          "payment-required",
          "payment-response",
          "payment-signature",
          "x-payment",
          "x-payment-response");

  private final transient HttpClient http;
  private final transient Optional<ChargeHeader> charge;
  private final String base;
  private final Duration patience;

  /**
   * Forwards to one server.
   *
   * @param http must not follow redirects
   * @param base scheme and authority, and a path before each
   */
  public Upstream(HttpClient http, URI base) {
    this(http, base, Optional.empty(), PATIENCE);
  }

  /** The same to one that says by a header what its answer costs. */
  public Upstream(HttpClient http, URI base, ChargeHeader charge) {
    this(http, base, Optional.of(charge), PATIENCE);
  }

  Upstream(HttpClient http, URI base, Duration patience) {
    this(http, base, Optional.empty(), patience);
  }

  private Upstream(HttpClient http, URI base, Optional<ChargeHeader> charge, Duration patience) {
    this.http = http;
    this.charge = charge;
    this.patience = patience;
    this.base = base.toString().replaceAll("/+$", "");
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(PaymentFilter.MAX_BODY_BYTES + 1);
    if (body.length > PaymentFilter.MAX_BODY_BYTES) {
      problem(response, TOO_LARGE, "body_too_large", "The request's body is too long.");
      return;
    }
    HttpRequest forwarded;
    try {
      forwarded = forwarded(request, body);
    } catch (IllegalArgumentException malformed) {
      problem(response, BAD_REQUEST, "request_malformed", "The request cannot be forwarded.");
      return;
    }
    long begun = System.nanoTime();
    try {
      HttpResponse<InputStream> answer = http.send(forwarded, BodyHandlers.ofInputStream());
      try (InputStream stream = answer.body()) {
        if (!isPriced(answer, request)) {
          problem(
              response, BAD_GATEWAY, "charge_invalid", "The server behind names no amount to pay.");
          return;
        }
        copy(answer, response);
        if (response instanceof HeldResponse) {
          copyWithin(patience.minusNanos(System.nanoTime() - begun), stream, response);
        } else {
          stream.transferTo(response.getOutputStream());
        }
      }
    } catch (HttpTimeoutException late) {
      problem(response, GATEWAY_TIMEOUT, "upstream_late", "The server behind takes too long.");
    } catch (IOException away) {
      if (response.isCommitted()) {
        throw away;
      }
      problem(response, BAD_GATEWAY, "upstream_unreachable", "The server behind does not answer.");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private boolean isPriced(HttpResponse<?> answer, HttpServletRequest request) {
    try {
      charge
          .flatMap(header -> header.read(answer.headers()))
          .ifPresent(units -> Charge.set(request, units));
      return true;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /** A buyer waits for the whole of what is sold, and its payment is held as long. */
  private static void copyWithin(Duration left, InputStream stream, HttpServletResponse response)
      throws IOException {
    AtomicBoolean late = new AtomicBoolean();
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            () -> {
              late.set(true);
              close(stream);
            },
            CompletableFuture.delayedExecutor(left.toNanos(), TimeUnit.NANOSECONDS));
    try {
      stream.transferTo(response.getOutputStream());
    } catch (IOException cut) {
      if (late.get()) {
        throw new HttpTimeoutException("the answer is not whole in time");
      }
      throw cut;
    } finally {
      end.cancel(false);
    }
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  private HttpRequest forwarded(HttpServletRequest request, byte[] body) {
    String query = request.getQueryString();
    HttpRequest.Builder forwarded =
        HttpRequest.newBuilder(
                URI.create(base + request.getRequestURI() + (query == null ? "" : "?" + query)))
            .timeout(patience)
            .method(
                request.getMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    Set<String> named = named(Collections.list(request.getHeaders("Connection")).stream());
    for (String name : Collections.list(request.getHeaderNames())) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (isForwarded(lower, named) && !PARTIAL.contains(lower) && !isMisleading(lower)) {
        Collections.list(request.getHeaders(name)).forEach(value -> forwarded.header(name, value));
      }
    }
    return forwarded
        .header("X-Forwarded-For", request.getRemoteAddr())
        .header("X-Forwarded-Proto", request.getScheme())
        .header("X-Forwarded-Host", request.getServerName() + ":" + request.getServerPort())
        .build();
  }

  /** Servers behind may read {@code _} as {@code -}, and so find what was held back. */
  private static boolean isMisleading(String lower) {
    return MISLEADING.contains(lower) || lower.contains("_");
  }

  private void copy(HttpResponse<?> answer, HttpServletResponse response) {
    response.setStatus(answer.statusCode());
    Set<String> named = named(answer.headers().allValues("Connection").stream());
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (isForwarded(name.toLowerCase(Locale.ROOT), named)
                  && charge.filter(header -> header.isNamed(name)).isEmpty()) {
                values.forEach(value -> response.addHeader(name, value));
              }
            });
  }

  private static boolean isForwarded(String lower, Set<String> named) {
    return !OWN.contains(lower)
        && !PAYMENT.contains(lower)
        && !named.contains(lower)
        && !lower.startsWith("x-forwarded-")
        && !lower.startsWith(":");
  }

  /** What a Connection header says is of the connection. */
  private static Set<String> named(Stream<String> connection) {
    return connection
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private static void problem(HttpServletResponse response, int status, String code, String detail)
      throws IOException {
    response.resetBuffer();
    response.setStatus(status);
    response.setContentType(Problem.CONTENT_TYPE);
    response
        .getOutputStream()
        .write(StrictJson.write(Problem.of(status, code, "Not forwarded", detail)));
  }
}
