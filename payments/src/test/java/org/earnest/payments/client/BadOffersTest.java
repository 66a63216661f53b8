package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.testing.CaptureOffers;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.WireJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a server asks in a wrong way is declined by its code, and nothing is signed. */
class BadOffersTest {
  private static final Duration OFF = Duration.ofMinutes(10);

  private HostileShop shop;

  @BeforeEach
  void open() throws Exception {
    shop = new HostileShop();
  }

  @AfterEach
  void close() {
    assertThat(shop.payments()).isEmpty();
    shop.close();
  }

  static Stream<Arguments> headers() {
    return Stream.of(
        Arguments.of("nothing", List.of("")),
        Arguments.of("no base64", List.of("%%%%")),
        Arguments.of("no padding", List.of("e30")),
        Arguments.of("no JSON", List.of(base64("{"))),
        Arguments.of("no object", List.of(base64("[]"))),
        Arguments.of("too long", List.of(base64("x".repeat(PaymentHeaders.MAX_CHARS)))),
        Arguments.of("a bomb", List.of(base64("{\"a\":".repeat(100) + "1" + "}".repeat(100)))),
        Arguments.of("a key twice", List.of(base64("{\"x402Version\":2,\"x402Version\":2}"))),
        Arguments.of(
            "a long number", List.of(base64("{\"x402Version\":" + "9".repeat(1000) + "}"))),
        Arguments.of("another version", List.of(base64("{\"x402Version\":3}"))),
        Arguments.of("twice", List.of(good(), good())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("headers")
  void aHeaderThatCannotBeRead(String what, List<String> headers) throws Exception {
    declined("malformed_payment_required", headers);
  }

  @ParameterizedTest
  @CsvSource({
    "amount,-1,malformed_payment_required",
    "amount,1e3,malformed_payment_required",
    "amount,0x10,malformed_payment_required",
    "amount,115792089237316195423570985008687907853269984665640564039457584007913129639935,"
        + "price_above_cap",
    "scheme,upto-and-more,invalid_exact_evm_scheme",
    "network,eip155:1,network_not_allowed",
    "network,solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp,invalid_exact_evm_network_mismatch",
    "network,mars,invalid_payload",
    "asset,0x12,invalid_payload",
    "payTo,nobody,invalid_payload"
  })
  void aMemberThatMakesNoSense(String member, String value, String code) throws Exception {
    ObjectNode required = required();
    ((ObjectNode) required.get("accepts").get(0)).put(member, value);
    declined(code, List.of(base64(required.toString())));
  }

  @ParameterizedTest
  @CsvSource({"amount,1000", "maxTimeoutSeconds,-1", "maxTimeoutSeconds,0", "payTo,7"})
  void aMemberOfAWrongType(String member, long value) throws Exception {
    ObjectNode required = required();
    ((ObjectNode) required.get("accepts").get(0)).put(member, value);
    declined("malformed_payment_required", List.of(base64(required.toString())));
  }

  @ParameterizedTest
  @CsvSource({
    "captureDeadline,9223372036854775807",
    "refundDeadline,9223372036854775807",
    "captureDeadline,-9223372036854775808",
    "refundDeadline,281474976710656"
  })
  void aDeadlineThatNoClockReaches(String member, long second) throws Exception {
    ObjectNode required = required();
    ObjectNode offer = CaptureOffers.good().toWire().toJson();
    ((ObjectNode) offer.get("extra")).put(member, second);
    required.putArray("accepts").add(offer);
    declined("invalid_auth_capture_evm_extra", List.of(base64(required.toString())));
  }

  @Test
  void aClockTenMinutesOffSignsNothingThatLivesForLong() throws Exception {
    for (Duration off : List.of(OFF, OFF.negated())) {
      try (HostileShop honest = new HostileShop()) {
        honest.selling("/quote", Payments.offer());
        InstantSource wrong = () -> Instant.now().plus(off);
        PayingHttpClient.wrap(HttpClient.newHttpClient(), Payments.BUYER, policy(honest), wrong)
            .send(HttpRequest.newBuilder(honest.uri("/quote")).build(), BodyHandlers.ofString());

        long until =
            honest.authorizations().getFirst().authorization().validBefore().longValueExact();
        long most = wrong.instant().plus(Duration.ofMinutes(5)).getEpochSecond();
        assertThat(until).isLessThanOrEqualTo(most);
      }
    }
  }

  private void declined(String code, List<String> headers) throws Exception {
    shop.on(
        "/quote",
        (exchange, payment) -> {
          headers.forEach(
              value -> exchange.getResponseHeaders().add(PaymentHeaders.PAYMENT_REQUIRED, value));
          HostileShop.answer(exchange, 402, "{}");
        });
    Exchange<String> exchange =
        PayingHttpClient.wrap(HttpClient.newHttpClient(), Payments.BUYER, policy(shop))
            .send(HttpRequest.newBuilder(shop.uri("/quote")).build(), BodyHandlers.ofString());

    assertThat(exchange)
        .isInstanceOfSatisfying(
            Exchange.Declined.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private static SpendingPolicy policy(HostileShop there) {
    return SpendingPolicy.upTo(TokenAmount.of(Payments.USDC, 5_000)).at(there.uri("/"));
  }

  private static ObjectNode required() {
    return WireJson.read(Base64.getDecoder().decode(good()));
  }

  private static String good() {
    return PaymentHeaders.encode(
        HostileShop.required(URI.create("http://127.0.0.1/quote"), Payments.offer()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
