package org.earnest.payments.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.earnest.payments.testing.OnBaseSepolia;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentPayloadV1;
import org.earnest.payments.wire.PaymentRequiredV1;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.WireJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Buyers of version 1 are asked, served and refused in their own words. */
@OnBaseSepolia
class PaywallVersionOneIT extends OnChain {
  private PaidShop shop;

  @BeforeEach
  void open() throws Exception {
    shop = PaidShop.open(world, offer);
  }

  @Test
  void a402SpeaksBothVersions() {
    HttpResponse<String> asked = shop.get("/quote");
    PaymentRequiredV1 v1 = PaymentRequiredV1.parse(body(asked));

    assertThat(asked.statusCode()).isEqualTo(402);
    assertThat(v1.toV2().accepts()).isEqualTo(PaidShop.required(asked).accepts());
    assertThat(v1.accepts().getFirst().network()).isEqualTo("base-sepolia");
    assertThat(v1.accepts().getFirst().resource()).isEqualTo(shop.uri("/quote").toString());
    assertThat(asked.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(asked.headers().firstValue("Vary")).contains("PAYMENT-SIGNATURE, X-PAYMENT");
  }

  @Test
  void aPaymentIsServedOnceAndAnsweredAgain() {
    String payment = header(shop.payment("/quote", buyer));

    HttpResponse<String> served = pay(payment);
    HttpResponse<String> again = pay(payment);

    assertThat(served.statusCode()).as(served.body()).isEqualTo(200);
    assertThat(served.body()).isEqualTo(PaidShop.QUOTE);
    SettleResponse settlement = settlement(served);
    assertThat(settlement.success()).isTrue();
    assertThat(settlement.network()).isEqualTo("base-sepolia");
    assertThat(served.headers().firstValue(PaymentHeaders.PAYMENT_RESPONSE)).isEmpty();
    assertThat(served.headers().firstValue("Cache-Control")).contains("private");
    assertThat(settlement(again)).isEqualTo(settlement);
    assertThat(shop.runs()).isEqualTo(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void whatIsBadIsRefusedByItsShippedReason() {
    ObjectNode dear = PaymentPayloadV1.of(shop.payment("/quote", buyer)).toJson();
    ((ObjectNode) dear.at("/payload/authorization")).put("value", "1");
    refused(dear, 402, "invalid_exact_evm_payload_authorization_value_mismatch");

    ObjectNode elsewhere = PaymentPayloadV1.of(shop.payment("/quote", buyer)).toJson();
    refused(elsewhere.put("network", "base"), 402, "no_matching_requirements");
    refused(elsewhere.put("network", "eip155:84532"), 402, "no_matching_requirements");
    refused(elsewhere.put("x402Version", 2), 400, "invalid_payment");
    assertThat(shop.runs()).isZero();
    assertThat(spent()).isZero();
  }

  @Test
  void theSamePaymentInTheOtherVersionsWordsBuysNothingMore() {
    PaymentPayload payment = shop.payment("/quote", buyer);

    assertThat(shop.pay("/quote", payment).statusCode()).isEqualTo(200);

    HttpResponse<String> other = pay(header(payment));
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(body(other).path("code").stringValue()).isEqualTo("payment_already_used");
    assertThat(shop.runs()).isEqualTo(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void twoOfThemAreRefused() {
    String payment = header(shop.payment("/quote", buyer));

    HttpResponse<String> twice =
        shop.get("/quote", PaymentHeaders.V1_PAYMENT, payment, PaymentHeaders.V1_PAYMENT, payment);

    assertThat(twice.statusCode()).isEqualTo(400);
    assertThat(body(twice).path("code").stringValue()).isEqualTo("ambiguous_payment");
    assertThat(spent()).isZero();
  }

  private void refused(ObjectNode payment, int status, String code) {
    HttpResponse<String> response =
        pay(Base64.getEncoder().encodeToString(WireJson.write(payment)));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(body(response).path("code").stringValue()).isEqualTo(code);
    assertThat(body(response).has("accepts")).isEqualTo(status == 402);
  }

  private HttpResponse<String> pay(String header) {
    return shop.get("/quote", PaymentHeaders.V1_PAYMENT, header);
  }

  private static String header(PaymentPayload payment) {
    return PaymentHeaders.encode(PaymentPayloadV1.of(payment));
  }

  private static SettleResponse settlement(HttpResponse<String> response) {
    return PaymentHeaders.decode(
        response.headers().firstValue(PaymentHeaders.V1_PAYMENT_RESPONSE).orElseThrow(),
        SettleResponse::parse);
  }

  private static ObjectNode body(HttpResponse<String> response) {
    return WireJson.read(response.body().getBytes(StandardCharsets.UTF_8));
  }
}
