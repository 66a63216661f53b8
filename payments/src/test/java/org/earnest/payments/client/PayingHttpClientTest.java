package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earnest.payments.testing.Payments.USDC;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.ResourceInfo;
import org.earnest.payments.wire.SettleResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against servers that behave and that do not. */
class PayingHttpClientTest {
  private final List<Optional<String>> seen = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private URI address;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/quote");
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aFreeAnswerIsFree() throws Exception {
    serve(exchange -> answer(exchange, 200, "free"));

    assertThat(client().send(get(), BodyHandlers.ofString())).isInstanceOf(Exchange.Free.class);
    assertThat(seen).containsExactly(Optional.empty());
  }

  @Test
  void itPaysOnceAndKeepsThePayment() throws Exception {
    serve(this::sell);

    Exchange<String> exchange = client().send(get(), BodyHandlers.ofString());

    assertThat(exchange)
        .isInstanceOfSatisfying(
            Exchange.Paid.class,
            paid -> {
              assertThat(paid.response().body()).isEqualTo("sold");
              assertThat(seen).hasSize(2);
              assertThat(seen.get(1)).contains(paid.payment().header());
              assertThat(isSignedByBuyer(paid.payment().payload())).isTrue();
            });
  }

  @Test
  void theSamePaymentCanBeSentAgain() throws Exception {
    serve(this::sell);
    Exchange<String> first = client().send(get(), BodyHandlers.ofString());
    SignedPayment payment = ((Exchange.Paid<String>) first).payment();

    Exchange<String> again = client().resend(get(), payment, BodyHandlers.ofString());

    assertThat(again).isInstanceOf(Exchange.Paid.class);
    assertThat(seen.get(2)).isEqualTo(seen.get(1));
  }

  @Test
  void aServerThatAlwaysAsksGetsOnePayment() throws Exception {
    serve(exchange -> ask(exchange, required()));

    assertThat(client().send(get(), BodyHandlers.ofString())).isInstanceOf(Exchange.NotTaken.class);
    assertThat(seen).hasSize(2);
  }

  @Test
  void anAnswerWithoutAReceiptIsNotCalledPaid() throws Exception {
    serve(
        exchange -> {
          if (seen.getLast().isEmpty()) {
            ask(exchange, required());
          } else {
            answer(exchange, 200, "thanks");
          }
        });

    assertThat(client().send(get(), BodyHandlers.ofString())).isInstanceOf(Exchange.NotTaken.class);
  }

  @Test
  void aRedirectIsNotFollowedBeforeOrAfterPaying() throws Exception {
    serve(
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
          answer(exchange, 307, "");
        });

    assertThat(client().send(get(), BodyHandlers.ofString()).response().statusCode())
        .isEqualTo(307);
    assertThatThrownBy(
            () ->
                PayingHttpClient.wrap(
                    HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build(),
                    Payments.BUYER,
                    policy()))
        .hasMessageContaining("redirect");
  }

  @Test
  void anOriginThatIsNotNamedGetsNothing() throws Exception {
    serve(this::sell);
    PayingHttpClient elsewhere =
        PayingHttpClient.wrap(
            HttpClient.newHttpClient(),
            Payments.BUYER,
            SpendingPolicy.upTo(TokenAmount.of(USDC, 1_000))
                .at(URI.create("https://seller.example")));

    assertThat(elsewhere.send(get(), BodyHandlers.ofString()))
        .isInstanceOfSatisfying(
            Exchange.Declined.class,
            declined -> assertThat(declined.code()).isEqualTo("origin_not_allowed"));
    assertThat(seen).containsExactly(Optional.empty());
  }

  @Test
  void aDoubledOrBrokenOfferIsDeclined() throws Exception {
    serve(
        exchange -> {
          exchange.getResponseHeaders().add(PaymentHeaders.PAYMENT_REQUIRED, "e30=");
          ask(exchange, required());
        });

    assertThat(client().send(get(), BodyHandlers.ofString()))
        .isInstanceOfSatisfying(
            Exchange.Declined.class,
            declined -> assertThat(declined.code()).isEqualTo("malformed_payment_required"));
  }

  @Test
  void aRequestThatCarriesAPaymentIsRefused() {
    HttpRequest loaded =
        HttpRequest.newBuilder(address).header(PaymentHeaders.PAYMENT_SIGNATURE, "x").build();

    assertThatThrownBy(() -> client().send(loaded, BodyHandlers.ofString()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void sell(HttpExchange exchange) throws IOException {
    if (seen.getLast().isEmpty()) {
      ask(exchange, required());
      return;
    }
    exchange
        .getResponseHeaders()
        .add(
            PaymentHeaders.PAYMENT_RESPONSE,
            PaymentHeaders.encode(SettleResponse.settled("0x1", "0x2", Payments.CHAIN.toString())));
    answer(exchange, 200, "sold");
  }

  private void serve(HttpHandler handler) {
    server.createContext(
        "/",
        exchange -> {
          seen.add(
              Optional.ofNullable(
                  exchange.getRequestHeaders().getFirst(PaymentHeaders.PAYMENT_SIGNATURE)));
          handler.handle(exchange);
        });
  }

  private static void ask(HttpExchange exchange, PaymentRequired required) throws IOException {
    exchange
        .getResponseHeaders()
        .add(PaymentHeaders.PAYMENT_REQUIRED, PaymentHeaders.encode(required));
    answer(exchange, 402, "{}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private PaymentRequired required() {
    return PaymentRequired.of(
        "Payment required",
        ResourceInfo.of(address.toString(), "a quote", "text/plain"),
        List.of(Payments.offer().toWire()));
  }

  private static boolean isSignedByBuyer(PaymentPayload payment) {
    ExactEvmPayload exact = ExactEvmPayload.parse(payment.payload());
    return SignatureRecovery.recover(
            exact.authorization().digest(Payments.offer().domain()), Hex.decode(exact.signature()))
        .filter(Payments.BUYER.address()::equals)
        .isPresent();
  }

  private HttpRequest get() {
    return HttpRequest.newBuilder(address).build();
  }

  private PayingHttpClient client() {
    return PayingHttpClient.wrap(HttpClient.newHttpClient(), Payments.BUYER, policy());
  }

  private SpendingPolicy policy() {
    return SpendingPolicy.upTo(TokenAmount.of(USDC, 1_000)).at(address);
  }
}
