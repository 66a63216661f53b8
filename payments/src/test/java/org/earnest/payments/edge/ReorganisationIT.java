package org.earnest.payments.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.testing.Authorizations;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentPayload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a chain takes back is not said to be paid, and is paid again by the same bytes. */
class ReorganisationIT extends OnChain {
  private static final Duration LIFETIME = Duration.ofMinutes(2);
  private static final Duration HOUR = Duration.ofHours(1);

  /** Blocks after which nothing is taken back. */
  private static final int DEEP = 12;

  private PaidShop shop;
  private PaymentPayload payment;

  @BeforeEach
  void open() throws Exception {
    shop = PaidShop.open(world, offer);
    Instant end = Instant.ofEpochSecond(world.chain.time()).plus(LIFETIME);
    payment = shop.payment("/quote", buyer, a -> Authorizations.until(a, end));
  }

  @Test
  void aSettlementIsFollowedUntilItIsFinal() throws Exception {
    String transaction = PaidShop.settlement(shop.pay("/quote", payment)).transaction();
    is(settlement(), "settled", "included");

    world.mine(DEEP);
    is(settlement(), "settled", "final");

    long calls = calls();
    JsonNode later = settlement();
    assertThat(later.path("transaction").stringValue()).isEqualTo(transaction);
    assertThat(calls()).isEqualTo(calls);
  }

  @Test
  void aTransferThatFellOutIsSettledByTheSameBytesOnceItsBuyerAsksAgain() throws Exception {
    String transaction = PaidShop.settlement(shop.pay("/quote", payment)).transaction();
    AtomicReference<JsonNode> meanwhile = new AtomicReference<>();

    world.unmined(
        () -> {
          world.reorganise();
          meanwhile.set(settlement());
          return meanwhile;
        });

    is(meanwhile.get(), "submitted", "");
    assertThat(meanwhile.get().path("detail").stringValue()).contains("reorganisation");
    is(settlement(), "submitted", "");
    assertThat(spent()).isZero();
    isSold(shop.payPatiently("/quote", payment));
    JsonNode again = settlement();
    is(again, "settled", "included");
    assertThat(again.path("transaction").stringValue()).isEqualTo(transaction);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void whatFellOutIsPendingForItsBuyerToo() throws Exception {
    shop = PaidShop.open(world, offer, impatient(), PaidShop::quote);
    Instant end = Instant.ofEpochSecond(world.chain.time()).plus(LIFETIME);
    payment = shop.payment("/quote", buyer, a -> Authorizations.until(a, end));
    isSold(shop.payPatiently("/quote", payment));

    HttpResponse<String> meanwhile =
        world.unmined(
            () -> {
              world.reorganise();
              return shop.pay("/quote", payment);
            });
    HttpResponse<String> again = shop.payPatiently("/quote", payment);

    problem(meanwhile, "settlement_pending", true);
    isSold(again);
    assertThat(again.body()).isEqualTo(PaidShop.QUOTE);
    assertThat(shop.runs()).isEqualTo(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void whatFellOutAndHasExpiredIsNotPaid() throws Exception {
    isSold(shop.payPatiently("/quote", payment));

    world.reorganise();
    world.warp(HOUR);
    HttpResponse<String> again = shop.pay("/quote", payment);

    problem(again, "invalid_exact_evm_transaction_failed", false);
    is(settlement(), "failed", "included");
    assertThat(shop.runs()).isEqualTo(1);
    assertThat(spent()).isZero();
    world.mine(DEEP);
    is(settlement(), "failed", "final");
  }

  private static Facilitator impatient() {
    return world.facilitator(world.usdc, Duration.ofMillis(500));
  }

  private static void is(JsonNode settlement, String state, String finality) {
    assertThat(settlement.path("state").stringValue()).as("%s", settlement).isEqualTo(state);
    assertThat(settlement.path("finality").asString("")).isEqualTo(finality);
  }

  private static void isSold(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private static void problem(HttpResponse<String> response, String code, boolean retryable) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(402);
    assertThat(PaidShop.problem(response).path("code").stringValue()).isEqualTo(code);
    assertThat(PaidShop.problem(response).path("retryable").booleanValue()).isEqualTo(retryable);
  }

  private static long calls() {
    return world.proxy.calls("eth_getTransactionReceipt")
        + world.proxy.calls("eth_getBlockByNumber");
  }

  private JsonNode settlement() {
    FacilitatorRequest request = FacilitatorRequest.of(payment, offer.toWire());
    Hash32 id = Payments.read(request).key().id();
    URI uri = URI.create(world.facilitatorUri() + "/settlements/" + id);
    return JsonMapper.shared()
        .readTree(
            HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .orTimeout(World.ANSWER_PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join()
                .body());
  }
}
