package org.earnest.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.earnest.cli.report.RunReport;
import org.earnest.cli.report.Usdc;
import org.earnest.cli.site.DemoSite;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.client.Exchange;
import org.earnest.payments.client.PayingHttpClient;
import org.earnest.payments.client.SpendingPolicy;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentRequired;

/** Buys a quote by x402, then sends the same payment once more, which must not buy twice. */
final class BuyQuote {
  private final Stage stage;
  private final Party buyer;
  private final TokenAmount price;
  private final URI address;

  BuyQuote(Stage stage, Identities who) {
    this.stage = stage;
    this.buyer = who.buyer();
    this.price = stage.host().quotePrice();
    this.address = stage.host().uri().resolve(DemoSite.QUOTE);
  }

  /** Buys one and tries to buy it twice. */
  Quote run() {
    return online(this::buyOnce);
  }

  /** Buys another one, for another deal. */
  Quote another() {
    return online(http -> Quote.parse(pay(http).response().body()));
  }

  private Quote buyOnce(HttpClient http) throws IOException, InterruptedException {
    RunReport report = stage.report();
    report.say("GET", address);
    unpaid(http.send(request(), BodyHandlers.ofString()));
    BigInteger gasMoney = gasMoney();
    Exchange.Paid<String> paid = pay(http);
    Exchange.Paid<String> again =
        paid(client(http).resend(request(), paid.payment(), BodyHandlers.ofString()));
    report.check(
        "the same payment again brings the same transaction",
        paid.settlement().transaction(),
        again.settlement().transaction());
    report.check("and the same quote", paid.response().body(), again.response().body());
    report.check("the buyer paid no gas", gasMoney, gasMoney());
    stage.books().prove(report);
    return Quote.parse(paid.response().body());
  }

  private Exchange.Paid<String> pay(HttpClient http) throws IOException, InterruptedException {
    Map<String, BigInteger> before = stage.books().actual();
    Exchange.Paid<String> paid = paid(client(http).send(request(), BodyHandlers.ofString()));
    stage.report().check("paid, it is answered with", 200, paid.response().statusCode());
    new Transactions(stage)
        .told("pay for a quote (x402)", new Hash32(paid.settlement().transaction()));
    stage.books().move("buyer", "seller", price.atomicUnits());
    stage.books().tell(stage.report(), before);
    return paid;
  }

  /** Pays this price at this address, and nothing else anywhere. */
  private PayingHttpClient client(HttpClient http) {
    return PayingHttpClient.wrap(
        http, buyer.signer(), SpendingPolicy.upTo(price).at(address), stage.host().clock());
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(address).build();
  }

  private BigInteger gasMoney() {
    return stage.host().reader().balance(buyer.address(), BlockTag.Named.LATEST);
  }

  private static Quote online(Shopping shopping) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return shopping.with(http);
    } catch (IOException unreachable) {
      throw new UncheckedIOException("the seller does not answer", unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  @FunctionalInterface
  private interface Shopping {
    Quote with(HttpClient http) throws IOException, InterruptedException;
  }

  private void unpaid(HttpResponse<String> response) {
    RunReport report = stage.report();
    report.check("unpaid, it is answered with", 402, response.statusCode());
    PaymentRequired required =
        response
            .headers()
            .firstValue(PaymentHeaders.PAYMENT_REQUIRED)
            .map(header -> PaymentHeaders.decode(header, PaymentRequired::parse))
            .orElseThrow(() -> new DemoFailedException("402 without PAYMENT-REQUIRED"));
    report.check(
        "its price is as agreed",
        Usdc.text(price.atomicUnits()),
        Usdc.text(required.accepts().getFirst().amount()));
    report.say("scheme", required.accepts().getFirst().scheme());
  }

  private static Exchange.Paid<String> paid(Exchange<String> exchange) {
    if (exchange instanceof Exchange.Paid<String> paid) {
      return paid;
    }
    throw new DemoFailedException(
        "the payment was not taken: "
            + exchange.response().statusCode()
            + " "
            + exchange.response().body());
  }
}
