package org.earnest.payments.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.GoldenVectors;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequiredV1;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.ResourceInfo;
import org.earnest.payments.wire.WireJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Each fault is named, with what to do; what is well is left alone. */
class EndpointCheckTest {
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
  void nothingIsWrongWithAGoodOne() throws Exception {
    serve(exchange -> ask(exchange, required(address.toString(), Payments.offer())));

    assertThat(check()).allMatch(finding -> finding.verdict() == Finding.Verdict.OK);
    assertThat(verdicts())
        .containsKeys("answer", "offer", "version1", "payable", "malformed", "forged", "versions");
  }

  @Test
  void whatOldBuyersAndPagesDoNotFindIsNoted() throws Exception {
    serve(
        exchange -> {
          exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
          exchange
              .getResponseHeaders()
              .add(
                  PaymentHeaders.PAYMENT_REQUIRED,
                  PaymentHeaders.encode(required(address.toString(), Payments.offer())));
          answer(exchange, 402);
        });

    assertThat(verdicts())
        .containsEntry("version1", Finding.Verdict.NOTE)
        .containsEntry("pages", Finding.Verdict.NOTE);
  }

  @Test
  void pagesThatCanReadTheHeadersAreWell() throws Exception {
    serve(
        exchange -> {
          exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
          exchange
              .getResponseHeaders()
              .add("Access-Control-Expose-Headers", "Payment-Required, Payment-Response");
          ask(exchange, required(address.toString(), Payments.offer()));
        });

    assertThat(verdicts()).containsEntry("pages", Finding.Verdict.OK);
  }

  @Test
  void whatIsServedWithoutPaymentIsNamed() throws Exception {
    serve(exchange -> answer(exchange, 200));

    assertThat(verdicts()).containsEntry("answer", Finding.Verdict.FAIL);
  }

  @Test
  void aServerThatDoesNotVerifyIsNamed() throws Exception {
    serve(
        exchange -> {
          if (exchange.getRequestHeaders().containsKey(PaymentHeaders.PAYMENT_SIGNATURE)) {
            answer(exchange, 200);
          } else {
            ask(exchange, required(address.toString(), Payments.offer()));
          }
        });

    assertThat(verdicts())
        .containsEntry("malformed", Finding.Verdict.FAIL)
        .containsEntry("forged", Finding.Verdict.FAIL)
        .containsEntry("versions", Finding.Verdict.FAIL)
        .containsEntry("answer", Finding.Verdict.OK);
  }

  @Test
  void aRedirectAFailureAndAWrongAddressAreNamed() throws Exception {
    serve(
        exchange -> {
          exchange.getResponseHeaders().add("Location", "https://elsewhere.example/");
          answer(exchange, 307);
        });

    assertThat(check())
        .anyMatch(one -> one.check().equals("answer") && one.found().contains("elsewhere"));
  }

  @Test
  void anOfferThatCannotBeReadIsNamed() throws Exception {
    serve(
        exchange -> {
          exchange.getResponseHeaders().add(PaymentHeaders.PAYMENT_REQUIRED, "e30=");
          answer(exchange, 402);
        });

    assertThat(verdicts())
        .containsEntry("offer", Finding.Verdict.FAIL)
        .containsEntry("cache", Finding.Verdict.NOTE);
  }

  @Test
  void whatIsWrongWithAnOfferIsNamed() throws Exception {
    ExactRequirements free = priced(0, Payments.SELLER, Duration.ofMinutes(1));
    ExactRequirements hasty = priced(1, Payments.SELLER, Duration.ofSeconds(5));
    ExactRequirements lost =
        priced(1, new EvmAddress("0x" + "00".repeat(20)), Duration.ofMinutes(1));
    serve(exchange -> ask(exchange, required("https://other.example/x", free, hasty, lost)));

    assertThat(verdicts())
        .containsEntry("resource", Finding.Verdict.FAIL)
        .containsEntry("accepts[0]", Finding.Verdict.FAIL)
        .containsEntry("accepts[1]", Finding.Verdict.FAIL)
        .containsEntry("accepts[2]", Finding.Verdict.FAIL)
        .containsEntry("payable", Finding.Verdict.FAIL);
    assertThat(check())
        .filteredOn(finding -> finding.verdict() == Finding.Verdict.FAIL)
        .allMatch(finding -> !finding.fix().isEmpty());
  }

  @Test
  void everySchemeIsUnderstood() throws Exception {
    List<PaymentRequirements> ways = List.of(upto(), channel(), escrow(Duration.ofDays(3)));
    serve(exchange -> ask(exchange, required(ways)));

    assertThat(check())
        .filteredOn(finding -> finding.check().startsWith("accepts"))
        .allMatch(finding -> finding.verdict() == Finding.Verdict.OK)
        .extracting(Finding::found)
        .satisfiesExactly(
            found -> assertThat(found).startsWith("at most 5 atomic units"),
            found -> assertThat(found).contains("out of a channel of 50"),
            found -> assertThat(found).contains("in escrow under " + Payments.SELLER));
    assertThat(verdicts()).containsEntry("payable", Finding.Verdict.NOTE).containsKey("forged");
  }

  @Test
  void whatIsWrongWithAnotherSchemesOfferIsNamed() throws Exception {
    List<PaymentRequirements> ways =
        List.of(
            upto().saying(JsonNodeFactory.instance.objectNode().put("facilitatorAddress", "0x")),
            channel().saying(JsonNodeFactory.instance.objectNode().put("withdrawDelay", 1)),
            escrow(Duration.ofDays(3))
                .saying(JsonNodeFactory.instance.objectNode().put("operatorType", "delegated")),
            escrow(Duration.ofSeconds(1)),
            escrow(Duration.ofDays(100)));
    serve(exchange -> ask(exchange, required(ways)));

    assertThat(verdicts())
        .containsEntry("accepts[0]", Finding.Verdict.FAIL)
        .containsEntry("accepts[1]", Finding.Verdict.FAIL)
        .containsEntry("accepts[2]", Finding.Verdict.FAIL)
        .containsEntry("accepts[3]", Finding.Verdict.FAIL)
        .containsEntry("accepts[4]", Finding.Verdict.NOTE);
    assertThat(check())
        .filteredOn(finding -> finding.verdict() == Finding.Verdict.FAIL)
        .allMatch(finding -> !finding.fix().isEmpty());
  }

  @Test
  void aServerThatDoesNotVerifyWhatIsPaidIntoEscrowIsNamed() throws Exception {
    for (PaymentRequirements way : List.of(upto(), escrow(Duration.ofDays(3)))) {
      serve(
          exchange -> {
            if (exchange.getRequestHeaders().containsKey(PaymentHeaders.PAYMENT_SIGNATURE)) {
              answer(exchange, 200);
            } else {
              ask(exchange, required(List.of(way)));
            }
          });

      assertThat(verdicts()).as(way.scheme()).containsEntry("forged", Finding.Verdict.FAIL);
      server.removeContext("/");
    }
  }

  private static PaymentRequirements upto() {
    return new Permit2Requirements(
            TokenAmount.of(Payments.USDC, 5),
            Payments.SELLER,
            Duration.ofMinutes(1),
            Optional.of(Payments.BUYER.address()))
        .toWire();
  }

  private static PaymentRequirements channel() {
    return ChannelTerms.of(
            TokenAmount.of(Payments.USDC, 5),
            Payments.SELLER,
            Duration.ofMinutes(1),
            Payments.BUYER.address(),
            "USDC",
            "2")
        .toWire();
  }

  private static PaymentRequirements escrow(Duration ahead) {
    Instant until = Instant.now().plus(ahead).truncatedTo(ChronoUnit.SECONDS);
    return new CaptureTerms(
            TokenAmount.of(Payments.USDC, 5),
            Payments.SELLER,
            Duration.ofMinutes(1),
            Payments.SELLER,
            until,
            until.plus(Duration.ofDays(1)),
            "USDC",
            "2")
        .toWire();
  }

  private PaymentRequired required(List<PaymentRequirements> ways) {
    return PaymentRequired.of(
        "Payment required", ResourceInfo.of(address.toString(), "a quote", "text/plain"), ways);
  }

  @Test
  void versionOneIsNoted() throws Exception {
    byte[] body = GoldenVectors.v1("required").toString().getBytes(StandardCharsets.UTF_8);
    serve(
        exchange -> {
          exchange.sendResponseHeaders(402, body.length);
          try (exchange) {
            exchange.getResponseBody().write(body);
          }
        });

    assertThat(verdicts())
        .containsEntry("offer", Finding.Verdict.NOTE)
        .containsEntry("payable", Finding.Verdict.OK);
  }

  private List<Finding> check() throws Exception {
    return new EndpointCheck(HttpClient.newHttpClient(), address, "GET").run();
  }

  private Map<String, Finding.Verdict> verdicts() throws Exception {
    return check().stream().collect(Collectors.toMap(Finding::check, Finding::verdict));
  }

  private void serve(HttpHandler handler) {
    server.createContext("/", handler);
  }

  private static void ask(HttpExchange exchange, PaymentRequired required) throws IOException {
    exchange.getResponseHeaders().add("Cache-Control", "no-store");
    exchange
        .getResponseHeaders()
        .add(PaymentHeaders.PAYMENT_REQUIRED, PaymentHeaders.encode(required));
    byte[] old =
        PaymentRequiredV1.of(required).map(WireJson::write).orElseGet(() -> new byte[] {'{', '}'});
    exchange.sendResponseHeaders(402, old.length);
    try (exchange) {
      exchange.getResponseBody().write(old);
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static PaymentRequired required(String url, ExactRequirements... offers) {
    return PaymentRequired.of(
        "Payment required",
        ResourceInfo.of(url, "a quote", "text/plain"),
        List.of(offers).stream().map(ExactRequirements::toWire).toList());
  }

  private static ExactRequirements priced(long amount, EvmAddress payee, Duration timeout) {
    return new ExactRequirements(
        TokenAmount.of(Payments.USDC, amount), payee, timeout, "USDC", "2");
  }
}
