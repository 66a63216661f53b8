package org.earnest.payments.testing;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.payments.edge.Paywall;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.server.Offer;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.SettleResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A shop on a host of its own whose quotes cost, and who buys there by hand. */
public final class PaidShop {
  public static final String QUOTE = "{\"quote\":42}";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger runs = new AtomicInteger();
  private final ExactRequirements price;
  private final URI uri;

  private PaidShop(World world, ExactRequirements price, Facilitator facilitator, Handler handler)
      throws Exception {
    this.price = price;
    Offer offer = new Offer("a quote", "application/json", List.of(price.toWire()));
    Handler counted =
        context -> {
          runs.incrementAndGet();
          handler.handle(context);
        };
    Paywall wall = Paywall.open(world.database, facilitator);
    this.uri = world.host(new Shop(wall.charge(offer, counted)));
  }

  /** One that relies on the world's facilitator. */
  public static PaidShop open(World world, ExactRequirements price) throws Exception {
    return open(world, price, PaidShop::quote);
  }

  public static PaidShop open(World world, ExactRequirements price, Handler handler)
      throws Exception {
    return open(world, price, world.remoteFacilitator(), handler);
  }

  public static PaidShop open(
      World world, ExactRequirements price, Facilitator facilitator, Handler handler)
      throws Exception {
    return new PaidShop(world, price, facilitator, handler);
  }

  public static void quote(Context context) {
    context.contentType("application/json").result(QUOTE);
  }

  public URI uri(String path) {
    return URI.create(uri + path);
  }

  /** How often a quote was made. */
  public int runs() {
    return runs.get();
  }

  /** Headers are names and values in turn. */
  public HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(World.ANSWER_PATIENCE);
  }

  public HttpResponse<String> pay(String path, PaymentPayload payment) {
    return get(path, PaymentHeaders.PAYMENT_SIGNATURE, PaymentHeaders.encode(payment));
  }

  /** Pays, and asks again while the settlement is pending, as a buyer with time does. */
  public HttpResponse<String> payPatiently(String path, PaymentPayload payment) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    HttpResponse<String> answer = pay(path, payment);
    while (isPending(answer) && System.nanoTime() - deadline < 0) {
      answer = pay(path, payment);
    }
    return answer;
  }

  private static boolean isPending(HttpResponse<String> answer) {
    return answer.statusCode() == 402
        && problem(answer).path("code").asString("").equals("settlement_pending");
  }

  public HttpResponse<String> post(String path, byte[] body, String... headers) {
    return send(
        request(path)
            .headers(headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /** A good payment for what the shop asks at this path. */
  public PaymentPayload payment(String path, Buyer buyer) {
    return payment(path, buyer, UnaryOperator.identity());
  }

  /** The same, with another authorization. */
  public PaymentPayload payment(
      String path, Buyer buyer, UnaryOperator<TransferWithAuthorization> change) {
    PaymentRequired required = required(get(path));
    return PaymentPayload.of(
        required, required.accepts().getFirst(), buyer.payment(price, change).payment().payload());
  }

  public static PaymentRequired required(HttpResponse<?> response) {
    return header(response, PaymentHeaders.PAYMENT_REQUIRED, PaymentRequired::parse);
  }

  public static SettleResponse settlement(HttpResponse<?> response) {
    return header(response, PaymentHeaders.PAYMENT_RESPONSE, SettleResponse::parse);
  }

  public static JsonNode problem(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  private static <T> T header(HttpResponse<?> response, String name, Function<JsonNode, T> parser) {
    List<String> values = response.headers().allValues(name);
    if (values.size() != 1) {
      throw new AssertionError(
          "%s is there %d times with status %d: %s"
              .formatted(name, values.size(), response.statusCode(), response.body()));
    }
    return PaymentHeaders.decode(values.getFirst(), parser);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
