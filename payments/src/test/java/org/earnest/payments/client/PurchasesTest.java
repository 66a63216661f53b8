package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earnest.payments.testing.Payments.USDC;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.Together;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.GoldenVectors;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayloadV1;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.X402Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One purchase, one payment: at once, after refusals, after its end, in both versions. */
class PurchasesTest {
  private static final long PRICE = 1_000;
  private static final int MANY = 8;

  private final AtomicReference<Instant> now = new AtomicReference<>(Payments.NOW);

  @TempDir Path folder;
  private HostileShop shop;

  @BeforeEach
  void open() throws IOException {
    shop = new HostileShop();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void equalRequestsAtOnceArePaidOnce() throws Exception {
    shop.selling("/quote", Payments.offer());
    PayingHttpClient buyer = buyer(policy());

    List<Exchange<String>> all =
        Together.ask(MANY, IntStream.range(0, MANY).boxed().toList(), any -> get(buyer, "/quote"));

    assertThat(all).filteredOn(Exchange.Paid.class::isInstance).hasSize(1);
    assertThat(all)
        .filteredOn(Exchange.Declined.class::isInstance)
        .hasSize(MANY - 1)
        .allMatch(one -> ((Exchange.Declined<String>) one).code().equals("paid_already"));
    assertThat(shop.payments()).hasSize(1);
  }

  @Test
  void requestsThatDifferInTheirBodyAreAllPaid() throws Exception {
    shop.selling("/quote", Payments.offer());
    PayingHttpClient buyer = buyer(policy().atOnce(4));

    List<Exchange<String>> all =
        Together.ask(MANY, IntStream.range(0, MANY).boxed().toList(), body -> post(buyer, body));

    assertThat(all).allMatch(Exchange.Paid.class::isInstance);
    assertThat(shop.payments()).hasSize(MANY);
  }

  @Test
  void aBudgetHoldsAtOnce() throws Exception {
    shop.selling("/", Payments.offer());
    PayingHttpClient buyer = buyer(policy().perDay(TokenAmount.of(USDC, 3 * PRICE)));

    List<Exchange<String>> all =
        Together.ask(
            MANY, IntStream.range(0, MANY).boxed().toList(), path -> get(buyer, "/" + path));

    assertThat(all).filteredOn(Exchange.Paid.class::isInstance).hasSize(3);
    assertThat(shop.payments()).hasSize(3);
  }

  @Test
  void aRefusedPaymentIsShownAgainUntilItsEndAndThenReplacedByAnother() throws Exception {
    shop.on(
        "/quote",
        (exchange, payment) ->
            HostileShop.ask(exchange, HostileShop.required(shop.uri("/quote"), Payments.offer())));
    PayingHttpClient buyer = buyer(policy());

    get(buyer, "/quote");
    get(buyer, "/quote");
    assertThat(shop.payments()).hasSize(1);
    now.set(Payments.NOW.plus(Payments.offer().maxTimeout()).plusSeconds(30));
    get(buyer, "/quote");
    assertThat(shop.payments()).as("the chain's clock may be behind").hasSize(1);
    now.set(Payments.NOW.plus(Payments.offer().maxTimeout()).plusSeconds(61));
    get(buyer, "/quote");
    assertThat(shop.payments()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"NONCE_ALREADY_USED", "PERMIT2_INVALID_NONCE", "CAPTURE_ALREADY_COLLECTED"})
  void aPaymentThatWasUsedIsNotReplaced(Reason used) throws Exception {
    shop.on(
        "/quote",
        (exchange, payment) -> {
          if (payment.isPresent()) {
            exchange
                .getResponseHeaders()
                .add(
                    PaymentHeaders.PAYMENT_RESPONSE,
                    PaymentHeaders.encode(
                        SettleResponse.failed(
                            used.code(), "used", Optional.empty(), "", Payments.CHAIN.toString())));
          }
          HostileShop.ask(exchange, HostileShop.required(shop.uri("/quote"), Payments.offer()));
        });
    PayingHttpClient buyer = buyer(policy());

    get(buyer, "/quote");
    now.set(Payments.NOW.plus(Duration.ofHours(1)));

    assertThat(get(buyer, "/quote")).isInstanceOf(Exchange.NotTaken.class);
    assertThat(get(buyer, "/quote"))
        .isInstanceOfSatisfying(
            Exchange.Declined.class,
            declined -> assertThat(declined.code()).isEqualTo("paid_already"));
    assertThat(shop.payments()).hasSize(1);
  }

  @Test
  void theVerySameCanBeBoughtAgainLaterOrWhereThatIsAllowed() throws Exception {
    shop.selling("/quote", Payments.offer());
    PayingHttpClient buyer = buyer(policy());

    assertThat(get(buyer, "/quote")).isInstanceOf(Exchange.Paid.class);
    now.set(Payments.NOW.plus(SpendingPolicy.REPEAT_AFTER));
    assertThat(get(buyer, "/quote")).isInstanceOf(Exchange.Paid.class);
    PayingHttpClient often = buyer(policy().repeatingAfter(Duration.ZERO));
    assertThat(get(often, "/quote")).isInstanceOf(Exchange.Paid.class);
    assertThat(get(often, "/quote")).isInstanceOf(Exchange.Paid.class);
    assertThat(shop.payments()).hasSize(4);
  }

  @Test
  void nothingIsShownThatIsNotInTheJournal() throws Exception {
    shop.selling("/quote", Payments.offer());
    PaymentJournal journal = PaymentJournal.open(folder.resolve("journal"));
    journal.close();

    assertThatThrownBy(() -> get(buyer(policy(), journal), "/quote"))
        .isInstanceOf(PaymentJournalException.class);
    assertThat(shop.payments()).isEmpty();
  }

  @Test
  void aBudgetOutlivesTheProcess() throws Exception {
    shop.selling("/", Payments.offer());
    SpendingPolicy once = policy().perDay(TokenAmount.of(USDC, PRICE));
    Path file = folder.resolve("journal");
    try (PaymentJournal journal = PaymentJournal.open(file)) {
      assertThat(get(buyer(once, journal), "/a")).isInstanceOf(Exchange.Paid.class);
    }
    try (PaymentJournal journal = PaymentJournal.open(file)) {
      assertThat(get(buyer(once, journal), "/b")).isInstanceOf(Exchange.Declined.class);
    }
    assertThat(shop.payments()).hasSize(1);
  }

  @Test
  void aServerOfVersionOneIsPaid() throws Exception {
    byte[] offer =
        GoldenVectors.v1("required")
            .toString()
            .replace("https://seller.example", shop.uri("").toString())
            .getBytes(StandardCharsets.UTF_8);
    shop.on(
        "/quote",
        (exchange, payment) -> {
          if (payment.isEmpty()) {
            exchange.sendResponseHeaders(402, offer.length);
            exchange.getResponseBody().write(offer);
          } else {
            exchange
                .getResponseHeaders()
                .add(
                    PaymentHeaders.V1_PAYMENT_RESPONSE,
                    PaymentHeaders.encode(SettleResponse.settled("0x1", "0x2", "base-sepolia")));
            exchange.sendResponseHeaders(200, -1);
          }
          exchange.close();
        });

    assertThat(get(buyer(policy()), "/quote"))
        .isInstanceOfSatisfying(
            Exchange.Paid.class,
            paid -> assertThat(paid.payment().version()).isEqualTo(X402Version.V1));
    PaymentPayloadV1 shown =
        PaymentHeaders.decode(shop.payments().iterator().next(), PaymentPayloadV1::parse);
    ExactEvmPayload exact = ExactEvmPayload.parse(shown.payload());
    assertThat(shown.network()).isEqualTo("base-sepolia");
    assertThat(
            SignatureRecovery.recover(
                exact.authorization().digest(Payments.offer().domain()),
                Hex.decode(exact.signature())))
        .contains(Payments.BUYER.address());
  }

  @Test
  void anEndlessOfferIsCutOff() throws Exception {
    shop.on(
        "/quote",
        (exchange, payment) -> {
          exchange.sendResponseHeaders(402, 0);
          byte[] part = "x".repeat(8192).getBytes(StandardCharsets.UTF_8);
          try (OutputStream body = exchange.getResponseBody()) {
            while (true) {
              body.write(part);
            }
          }
        });

    Exchange<String> exchange = get(buyer(policy()), "/quote");

    assertThat(exchange).isInstanceOf(Exchange.Declined.class);
    assertThat(exchange.response().body()).hasSizeBetween(64 * 1024, 256 * 1024);
  }

  private Exchange<String> get(PayingHttpClient buyer, String path) {
    return send(buyer, HttpRequest.newBuilder(shop.uri(path)).build());
  }

  private Exchange<String> post(PayingHttpClient buyer, int body) {
    return send(
        buyer,
        HttpRequest.newBuilder(shop.uri("/quote"))
            .POST(BodyPublishers.ofString("{\"number\":" + body + "}"))
            .build());
  }

  private static Exchange<String> send(PayingHttpClient buyer, HttpRequest request) {
    try {
      return buyer.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private SpendingPolicy policy() {
    return SpendingPolicy.upTo(TokenAmount.of(USDC, PRICE))
        .at(URI.create(shop.uri("/").toString()));
  }

  private PayingHttpClient buyer(SpendingPolicy policy) {
    return buyer(policy, PaymentJournal.inMemory());
  }

  private PayingHttpClient buyer(SpendingPolicy policy, PaymentJournal journal) {
    return PayingHttpClient.wrap(
        HttpClient.newHttpClient(), Payments.BUYER, policy, now::get, journal);
  }
}
