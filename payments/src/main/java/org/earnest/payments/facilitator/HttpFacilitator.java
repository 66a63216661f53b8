package org.earnest.payments.facilitator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.exact.Remedy;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.SupportedResponse;
import org.earnest.payments.wire.VerifyResponse;
import org.earnest.payments.wire.WireFormatException;
import org.earnest.payments.wire.WireJson;
import tools.jackson.databind.JsonNode;

/** A facilitator elsewhere, by HTTP. */
public final class HttpFacilitator implements Facilitator {
  /** How long a settlement is waited for, unless the caller says; longer than its own patience. */
  public static final Duration PATIENCE = EvmFacilitator.PATIENCE.plusSeconds(5);

  /** How long any other answer is waited for, unless who makes it says otherwise. */
  static final Duration ANSWER_PATIENCE = Duration.ofSeconds(8);

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final int TOO_MANY_REQUESTS = 429;

  private final Supplier<URI> base;
  private final HttpClient http;
  private final Duration answerPatience;

  /**
   * The facilitator at this address.
   *
   * @param base for example {@code https://facilitator.example}; with or without a last slash
   */
  public HttpFacilitator(URI base, HttpClient http) {
    this(() -> base, http);
  }

  /**
   * The same with another patience.
   *
   * @param answerPatience how long any answer but a settlement is waited for
   */
  public HttpFacilitator(URI base, HttpClient http, Duration answerPatience) {
    this(() -> base, http, answerPatience);
  }

  /** The same where the address is known only once the facilitator listens. */
  public HttpFacilitator(Supplier<URI> base, HttpClient http) {
    this(base, http, ANSWER_PATIENCE);
  }

  private HttpFacilitator(Supplier<URI> base, HttpClient http, Duration answerPatience) {
    this.base = base;
    this.http = http;
    this.answerPatience = answerPatience;
  }

  @Override
  public VerifyResponse verify(FacilitatorRequest request) {
    return post("/verify", request, answerPatience, VerifyResponse::parse);
  }

  @Override
  public SettleResponse settle(FacilitatorRequest request, Duration patience) {
    return post("/settle", request, patience, SettleResponse::parse);
  }

  @Override
  public SupportedResponse supported() {
    return send(request("/supported").GET().build(), answerPatience, SupportedResponse::parse);
  }

  @Override
  public Optional<SettlementState> standing(Hash32 id) {
    HttpRequest request = request("/settlements/" + id.hex()).GET().build();
    return exchange(request, answerPatience, HttpFacilitator::standing);
  }

  /** The specification has no such route: another facilitator may answer anything. */
  private static Optional<SettlementState> standing(int status, byte[] body) {
    try {
      return status == OK
          ? SettlementState.read(WireJson.read(body).path("state").asString(""))
          : Optional.empty();
    } catch (WireFormatException malformed) {
      return Optional.empty();
    }
  }

  private <T> T post(
      String path, FacilitatorRequest body, Duration patience, Function<JsonNode, T> parser) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(WireJson.write(body)))
            .build(),
        patience,
        parser);
  }

  private HttpRequest.Builder request(String path) {
    String origin = base.get().toString().replaceAll("/+$", "");
    return HttpRequest.newBuilder(URI.create(origin + path));
  }

  private <T> T send(HttpRequest request, Duration patience, Function<JsonNode, T> parser) {
    return exchange(
        request,
        patience,
        (status, body) -> {
          if (status != OK) {
            throw unavailable(status, body);
          }
          try {
            return parser.apply(WireJson.read(body));
          } catch (WireFormatException malformed) {
            throw new FacilitatorUnavailableException(
                "the facilitator does not speak x402", malformed);
          }
        });
  }

  /** What an answer means. */
  private interface Reader<T> {
    T read(int status, byte[] body);
  }

  /** The request's own time-out would end with the headers; this one counts to the last byte. */
  private <T> T exchange(HttpRequest request, Duration patience, Reader<T> reader) {
    long end = System.nanoTime() + patience.toNanos();
    HttpResponse<InputStream> response =
        await(http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()), end);
    try (InputStream stream = response.body()) {
      byte[] body =
          await(CompletableFuture.supplyAsync(() -> read(stream), Thread::startVirtualThread), end);
      return reader.read(response.statusCode(), body);
    } catch (IOException failure) {
      throw new FacilitatorUnavailableException("the facilitator cannot be reached", failure);
    }
  }

  private static <T> T await(CompletableFuture<T> answer, long end) {
    try {
      return answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new FacilitatorUnavailableException("the facilitator did not answer in time", late);
    } catch (InterruptedException interrupted) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new FacilitatorUnavailableException("the wait was interrupted", interrupted);
    } catch (ExecutionException failure) {
      throw new FacilitatorUnavailableException("the facilitator cannot be reached", failure);
    }
  }

  private static byte[] read(InputStream body) {
    try {
      return body.readNBytes(WireJson.MAX_BYTES + 1);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A facilitator of this kind says in its problem what its operator has to mend. */
  private static FacilitatorUnavailableException unavailable(int status, byte[] body) {
    String plain = "the facilitator answered with status " + status;
    if (status != UNAVAILABLE && status != TOO_MANY_REQUESTS) {
      return new FacilitatorUnavailableException(plain);
    }
    try {
      JsonNode problem = WireJson.read(body);
      return Reason.of(problem.path("code").asString(""))
          .filter(reason -> reason.remedy() == Remedy.ASK_AGAIN)
          .map(reason -> new Obstacle(reason, problem.path("detail").asString(plain)))
          .map(FacilitatorUnavailableException::new)
          .orElseGet(() -> new FacilitatorUnavailableException(plain));
    } catch (WireFormatException malformed) {
      return new FacilitatorUnavailableException(plain, malformed);
    }
  }
}
