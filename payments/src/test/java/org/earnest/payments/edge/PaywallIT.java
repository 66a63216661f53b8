package org.earnest.payments.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.Together;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is bought over HTTP is paid for on chain, once. */
class PaywallIT extends OnChain {
  private static final int TWINS = 16;

  private PaidShop shop;

  @BeforeEach
  void open() throws Exception {
    shop = PaidShop.open(world, offer);
  }

  @Test
  void withoutAPaymentTheOfferIsAnswered() {
    HttpResponse<String> response = shop.get("/quote?of=tea");

    assertThat(response.statusCode()).isEqualTo(402);
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.headers().firstValue(PaymentHeaders.PAYMENT_RESPONSE)).isEmpty();
    ObjectNode asked = (ObjectNode) json(response, PaymentHeaders.PAYMENT_REQUIRED);
    JsonNode extensions = asked.remove("extensions");
    assertThat(extensions.at("/payment-identifier/info/required").isBoolean()).isTrue();
    assertThat(asked)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"x402Version":2,"error":"Payment required",
                     "resource":{"url":"%s","description":"a quote",
                                 "mimeType":"application/json"},
                     "accepts":[{"scheme":"exact","network":"eip155:31337","amount":"1000",
                                 "asset":"%s","payTo":"%s","maxTimeoutSeconds":60,
                                 "extra":{"name":"USD Coin","version":"2"}}]}
                    """
                        .formatted(shop.uri("/quote?of=tea"), world.usdc.token(), World.SELLER)));
    assertThat(PaidShop.problem(response).path("code").stringValue()).isEqualTo("payment_required");
    assertThat(shop.runs()).isZero();
  }

  @Test
  void aPaymentBuysTheAnswer() {
    long before = world.transactions();
    long sellerBefore = world.balance(World.SELLER);

    HttpResponse<String> response = shop.pay("/quote", shop.payment("/quote", buyer));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(PaidShop.QUOTE);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.headers().firstValue("Cache-Control")).contains("private");
    assertThat(response.headers().firstValue(PaymentHeaders.PAYMENT_REQUIRED)).isEmpty();
    assertThat(json(response, PaymentHeaders.PAYMENT_RESPONSE))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"success":true,"payer":"%s","transaction":"%s","network":"eip155:31337"}
                    """
                        .formatted(buyer.address(), PaidShop.settlement(response).transaction())));
    assertThat(world.transactions() - before).isEqualTo(1);
    assertThat(spent()).isEqualTo(PRICE);
    assertThat(world.balance(World.SELLER) - sellerBefore).isEqualTo(PRICE);
  }

  @Test
  void theSamePaymentAgainIsAnsweredAgainAndBuysNothingTwice() {
    PaymentPayload payment = shop.payment("/quote", buyer);
    long before = world.transactions();

    HttpResponse<String> first = shop.pay("/quote", payment);
    HttpResponse<String> again = shop.pay("/quote", payment);

    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(PaidShop.settlement(again)).isEqualTo(PaidShop.settlement(first));
    assertThat(shop.runs()).isEqualTo(1);
    assertThat(world.transactions() - before).isEqualTo(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void equalRequestsAtOnceAreOnePurchase() throws Exception {
    PaymentPayload payment = shop.payment("/quote", buyer);
    long before = world.transactions();

    List<HttpResponse<String>> answers =
        Together.ask(TWINS, Collections.nCopies(TWINS, payment), each -> shop.pay("/quote", each));

    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200));
    assertThat(answers).extracting(HttpResponse::body).containsOnly(PaidShop.QUOTE);
    assertThat(answers)
        .extracting(PaidShop::settlement)
        .containsOnly(PaidShop.settlement(answers.getFirst()));
    assertThat(shop.runs()).isEqualTo(1);
    assertThat(world.transactions() - before).isEqualTo(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void aPaymentForOneResourceBuysNoOther() {
    PaymentPayload payment = shop.payment("/quote", buyer);

    HttpResponse<String> before = shop.pay("/other", payment);
    shop.pay("/quote", payment);
    HttpResponse<String> after = shop.pay("/other", payment);

    assertThat(List.of(before, after)).allMatch(answer -> answer.statusCode() == 402);
    assertThat(PaidShop.required(after).error()).contains("resource_mismatch");
    assertThat(PaidShop.problem(after).path("detail").stringValue()).contains("Sign a new payment");
    assertThat(shop.runs()).isEqualTo(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void aPaymentThatNamesNoResourceBuysOneAllTheSame() {
    PaymentPayload named = shop.payment("/quote", buyer);
    PaymentPayload payment =
        new PaymentPayload(
            Optional.empty(), named.accepted(), named.payload(), named.extensions(), named.rest());

    HttpResponse<String> quote = shop.pay("/quote", payment);
    HttpResponse<String> other = shop.pay("/other", payment);
    HttpResponse<String> posted =
        shop.post(
            "/quote",
            new byte[0],
            PaymentHeaders.PAYMENT_SIGNATURE,
            PaymentHeaders.encode(payment));

    assertThat(quote.statusCode()).as(quote.body()).isEqualTo(200);
    for (HttpResponse<String> refused : List.of(other, posted)) {
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
      assertThat(PaidShop.problem(refused).path("code").stringValue())
          .isEqualTo("payment_already_used");
      assertThat(PaidShop.problem(refused).path("retryable").booleanValue()).isFalse();
    }
    assertThat(shop.runs()).isEqualTo(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  private static JsonNode json(HttpResponse<?> response, String header) {
    String value = response.headers().firstValue(header).orElseThrow();
    return JsonMapper.shared()
        .readTree(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
  }
}
