package org.earnest.payments.facilitator;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
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
  /** How long an answer is waited for; longer than a settlement's own patience. */
  public static final Duration PATIENCE = EvmFacilitator.PATIENCE.plusSeconds(5);

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final Supplier<URI> base;
  private final HttpClient http;

  /**
   * The facilitator at this address.
   *
   * @param base for example {@code https://facilitator.example}; with or without a last slash
   */
  public HttpFacilitator(URI base, HttpClient http) {
    this(() -> base, http);
  }

  /** The same where the address is known only once the facilitator listens. */
  public HttpFacilitator(Supplier<URI> base, HttpClient http) {
    this.base = base;
    this.http = http;
  }

  @Override
  public VerifyResponse verify(FacilitatorRequest request) {
    return post("/verify", request, VerifyResponse::parse);
  }

  @Override
  public SettleResponse settle(FacilitatorRequest request) {
    return post("/settle", request, SettleResponse::parse);
  }

  @Override
  public SupportedResponse supported() {
    return send(request("/supported").GET().build(), SupportedResponse::parse);
  }

  private <T> T post(String path, FacilitatorRequest body, Function<JsonNode, T> parser) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(WireJson.write(body)))
            .build(),
        parser);
  }

  private HttpRequest.Builder request(String path) {
    String origin = base.get().toString().replaceAll("/+$", "");
    return HttpRequest.newBuilder(URI.create(origin + path)).timeout(PATIENCE);
  }

  private <T> T send(HttpRequest request, Function<JsonNode, T> parser) {
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != OK) {
          throw unavailable(response.statusCode(), body);
        }
        return parser.apply(read(body));
      }
    } catch (IOException failure) {
      throw new FacilitatorUnavailableException("the facilitator cannot be reached", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FacilitatorUnavailableException("the wait was interrupted", interrupted);
    } catch (WireFormatException malformed) {
      throw new FacilitatorUnavailableException("the facilitator does not speak x402", malformed);
    }
  }

  /** A facilitator of this kind says in its problem what its operator has to mend. */
  private static FacilitatorUnavailableException unavailable(int status, InputStream body)
      throws IOException {
    String plain = "the facilitator answered with status " + status;
    if (status != UNAVAILABLE) {
      return new FacilitatorUnavailableException(plain);
    }
    try {
      JsonNode problem = read(body);
      return Reason.of(problem.path("code").asString(""))
          .filter(reason -> reason.remedy() == Remedy.ASK_AGAIN)
          .map(reason -> new Obstacle(reason, problem.path("detail").asString(plain)))
          .map(FacilitatorUnavailableException::new)
          .orElseGet(() -> new FacilitatorUnavailableException(plain));
    } catch (WireFormatException malformed) {
      return new FacilitatorUnavailableException(plain, malformed);
    }
  }

  private static JsonNode read(InputStream body) throws IOException {
    return WireJson.read(body.readNBytes(WireJson.MAX_BYTES + 1));
  }
}
