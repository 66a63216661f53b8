package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.edge.Charge;
import org.earnest.payments.edge.Paywall;
import org.earnest.payments.escrow.EscrowTill;
import org.earnest.payments.exact.PaymentTerms;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.FacilitatorPolicy;
import org.earnest.payments.permit2.EvmPayments;
import org.earnest.payments.server.EscrowPricing;
import org.earnest.payments.server.Offer;
import org.earnest.payments.server.Pricing;
import org.earnest.payments.store.PostgresHeldPayments;
import org.earnest.payments.testing.Doubles;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.Shop;
import org.earnest.payments.testing.Together;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is paid by what it came to, or into escrow, buys one answer to one request, once. */
class RailRacesIT extends OnChain {
  private static final int AT_ONCE = 10;
  private static final long CHARGE = PRICE / 4;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static EvmAddress operator;

  private final AtomicInteger runs = new AtomicInteger();

  @BeforeAll
  static void install() {
    Doubles.installPermit2(world);
    Doubles.installAuthCapture(world);
    operator =
        world.deploy(
            CreationCode.captureOperator(
                PaymentInfo.ESCROW,
                PaymentInfo.REFUND_COLLECTOR,
                World.SELLER,
                Duration.ofHours(1),
                Duration.ofHours(1)));
  }

  @Test
  void uptoIsChargedOnceHoweverOftenItIsShown() throws Exception {
    Doubles.approve(world, buyer.address());

    isBoughtOnce(uptoShop(), CHARGE);
  }

  @Test
  void whatIsInEscrowIsFetchedOnceHoweverOftenItIsShown() throws Exception {
    isBoughtOnce(escrowShop(), PRICE);

    assertThat(world.balance(PaymentInfo.ESCROW)).isEqualTo(PRICE);
  }

  private void isBoughtOnce(URI quote, long cost) throws Exception {
    long transactions = world.transactions();
    String payment = payment(quote);
    URI other = quote.resolve("/other");

    assertThat(ask(HttpRequest.newBuilder(other), payment).statusCode()).isEqualTo(402);
    List<HttpResponse<String>> answers =
        Together.ask(
            AT_ONCE,
            Collections.nCopies(AT_ONCE, payment),
            each -> ask(HttpRequest.newBuilder(quote), each));

    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
    assertThat(answers).extracting(HttpResponse::body).containsOnly(PaidShop.QUOTE);
    assertThat(
            ask(
                    HttpRequest.newBuilder(quote)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}")),
                    payment)
                .statusCode())
        .isEqualTo(409);
    assertThat(ask(HttpRequest.newBuilder(other), payment).statusCode()).isEqualTo(402);
    assertThat(runs).hasValue(1);
    assertThat(world.transactions() - transactions).isEqualTo(1);
    assertThat(spent()).isEqualTo(cost);
  }

  private String payment(URI quote) throws Exception {
    HttpResponse<String> asked =
        HTTP.send(HttpRequest.newBuilder(quote).build(), BodyHandlers.ofString());
    PaymentRequired required = PaidShop.required(asked);
    PaymentTerms terms =
        ((Reading.Understood<PaymentTerms>) EvmPayments.terms(required.accepts().getFirst()))
            .value();
    PaymentSigner.Signed signed =
        new PaymentSigner(buyer.signer()).sign(terms, Instant.now(), Duration.ofMinutes(1));
    return PaymentHeaders.encode(
        PaymentPayload.of(required, required.accepts().getFirst(), signed.payload()));
  }

  private static HttpResponse<String> ask(HttpRequest.Builder request, String payment) {
    try {
      return HTTP.send(
          request.header(PaymentHeaders.PAYMENT_SIGNATURE, payment).build(),
          BodyHandlers.ofString());
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private URI uptoShop() throws Exception {
    Offer upto =
        Offer.upTo(
            "a quote",
            "application/json",
            TokenAmount.of(world.usdc, PRICE),
            World.SELLER,
            world.submitter.sender());
    return shop(world.remoteFacilitator(), Pricing.fixed(upto));
  }

  private URI escrowShop() throws Exception {
    Facilitator facilitator =
        world.facilitator(FacilitatorPolicy.ofAssets(world.usdc).admitting(operator));
    return shop(
        new EscrowTill(facilitator, new PostgresHeldPayments(world.database)),
        new EscrowPricing(RailRacesIT::disputable, Duration.ofDays(2), InstantSource.system()));
  }

  private static Offer disputable(Instant until) {
    return Offer.disputable(
        "a quote",
        "application/json",
        new CaptureTerms(
            TokenAmount.of(world.usdc, PRICE),
            World.SELLER,
            Offer.TIMEOUT,
            operator,
            until,
            until.plus(Duration.ofDays(1)),
            "USD Coin",
            "2"));
  }

  private URI shop(Facilitator facilitator, Pricing pricing) throws Exception {
    Paywall wall = Paywall.open(world.database, facilitator);
    return URI.create(
        world.host(
                new Shop(
                    wall.charge(
                        pricing,
                        context -> {
                          runs.incrementAndGet();
                          Charge.set(context.req(), BigInteger.valueOf(CHARGE));
                          PaidShop.quote(context);
                        })))
            + "/quote");
  }
}
