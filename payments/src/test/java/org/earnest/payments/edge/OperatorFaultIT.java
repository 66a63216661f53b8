package org.earnest.payments.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.testing.Authorizations;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the facilitator's operator has to mend costs no buyer his payment. */
class OperatorFaultIT extends OnChain {
  private static final long GWEI = 1_000_000_000;
  private static final Duration LIFETIME = Duration.ofMinutes(2);
  private static final Duration HOUR = Duration.ofHours(1);

  /** Blocks after which nothing is taken back. */
  private static final int DEEP = 12;

  /** More blocks than are searched at once. */
  private static final int MANY = 1_100;

  private PaidShop shop;

  @BeforeEach
  void open() throws Exception {
    shop = PaidShop.open(world, offer);
  }

  @AfterEach
  void mend() {
    world.ether(world.submitter.sender(), BigInteger.TEN.pow(20));
    world.gasPrice(GWEI);
  }

  @Test
  void aFacilitatorWithoutGasSaysSoAndSettlesTheSamePaymentWhenItHasSome() throws Exception {
    PaymentPayload payment = payment(LIFETIME);
    world.ether(world.submitter.sender(), BigInteger.ZERO);

    waits(shop.pay("/quote", payment), "relayer_out_of_funds");
    waits(shop.pay("/quote", payment), "relayer_out_of_funds");

    JsonNode settlement = settlement(payment);
    assertThat(settlement.path("state").stringValue()).isEqualTo("submitted");
    assertThat(settlement.path("reason").stringValue()).isEqualTo("relayer_out_of_funds");
    world.ether(world.submitter.sender(), BigInteger.TEN.pow(20));
    buysOnce(payment);
    assertThat(settlement(payment).path("state").stringValue()).isEqualTo("settled");
  }

  @Test
  void gasThatIsTooDearIsWaitedFor() throws Exception {
    PaymentPayload payment = payment(LIFETIME);
    world.gasPrice(1_000 * GWEI);

    waits(shop.pay("/quote", payment), "gas_too_dear");

    world.gasPrice(GWEI);
    buysOnce(payment);
  }

  @Test
  void aPaymentThatWaitedAndWasBroughtOnChainBySomebodyElseIsServed() throws Exception {
    PaymentPayload payment = payment(LIFETIME);
    world.ether(world.submitter.sender(), BigInteger.ZERO);
    waits(shop.pay("/quote", payment), "relayer_out_of_funds");

    world.send(Payments.read(request(payment)).transfer());

    buysOnce(payment);
  }

  @Test
  void whatSomebodyElseBroughtOnChainIsFoundHoweverManyBlocksHavePassed() throws Exception {
    PaymentPayload payment = payment(HOUR);
    world.ether(world.submitter.sender(), BigInteger.ZERO);
    waits(shop.pay("/quote", payment), "relayer_out_of_funds");

    world.mine(MANY);
    world.send(Payments.read(request(payment)).transfer());
    world.mine(MANY);

    buysOnce(payment);
  }

  @Test
  void aPaymentThatWaitedForTooLongIsGivenUpOnceItsExpiryIsFinal() throws Exception {
    PaymentPayload payment = payment(LIFETIME);
    world.ether(world.submitter.sender(), BigInteger.ZERO);
    waits(shop.pay("/quote", payment), "relayer_out_of_funds");
    world.warp(HOUR);

    HttpResponse<String> expired = shop.pay("/quote", payment);
    world.mine(DEEP);
    HttpResponse<String> ended = shop.pay("/quote", payment);
    HttpResponse<String> again = shop.pay("/quote", payment);

    problem(expired, 402, "settlement_pending", true);
    assertThat(expired.body()).contains("Send the same payment again");
    for (HttpResponse<String> over : List.of(ended, again)) {
      problem(over, 402, "authorization_expired", false);
      assertThat(over.body()).contains("Sign a new payment");
    }
    assertThat(settlement(payment).path("state").stringValue()).isEqualTo("failed");
    assertThat(shop.runs()).isEqualTo(1);
    assertThat(spent()).isZero();
  }

  private static void waits(HttpResponse<String> response, String code) {
    problem(response, 503, code, true);
    assertThat(response.body()).contains("Send the same payment again; do not sign another one");
  }

  private static void problem(
      HttpResponse<String> response, int status, String code, boolean retryable) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(PaidShop.problem(response).path("code").stringValue()).isEqualTo(code);
    assertThat(PaidShop.problem(response).path("retryable").booleanValue()).isEqualTo(retryable);
  }

  private void buysOnce(PaymentPayload payment) {
    HttpResponse<String> served = shop.pay("/quote", payment);
    assertThat(served.statusCode()).as(served.body()).isEqualTo(200);
    assertThat(served.body()).isEqualTo(PaidShop.QUOTE);
    assertThat(shop.runs()).isEqualTo(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  /** One that is good by the chain's clock, which a test may have moved. */
  private PaymentPayload payment(Duration lifetime) {
    Instant end = Instant.ofEpochSecond(world.chain.time()).plus(lifetime);
    return shop.payment("/quote", buyer, a -> Authorizations.until(a, end));
  }

  private FacilitatorRequest request(PaymentPayload payment) {
    return FacilitatorRequest.of(payment, offer.toWire());
  }

  private JsonNode settlement(PaymentPayload payment) throws Exception {
    Hash32 id = Payments.read(request(payment)).key().id();
    return JsonMapper.shared()
        .readTree(
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(
                            URI.create(world.facilitatorUri() + "/settlements/" + id))
                        .build(),
                    BodyHandlers.ofString())
                .body());
  }
}
