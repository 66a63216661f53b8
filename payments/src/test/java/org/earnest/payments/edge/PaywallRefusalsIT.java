package org.earnest.payments.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TokenAmount;
import org.earnest.kit.http.Host;
import org.earnest.payments.testing.Authorizations;
import org.earnest.payments.testing.Buyer;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is no good payment buys nothing, moves nothing, and is told why and what to do. */
class PaywallRefusalsIT extends OnChain {
  private static final String NEW_PAYMENT = "Sign a new payment";
  private static final String ANOTHER_OFFER = "one of the offers in PAYMENT-REQUIRED";

  private PaidShop shop;
  private long transactions;

  @BeforeEach
  void open() throws Exception {
    shop = PaidShop.open(world, offer);
    transactions = world.transactions();
  }

  @AfterEach
  void nothingHappened() {
    assertThat(shop.runs()).isZero();
    assertThat(world.transactions()).isEqualTo(transactions);
    assertThat(spent()).isZero();
  }

  @Test
  void aWrongSignature() {
    PaymentPayload good = shop.payment("/quote", buyer);
    ExactEvmPayload exact = ExactEvmPayload.parse(good.payload());
    String forged =
        Hex.encode(LocalSigner.random().sign(exact.authorization().digest(offer.domain())));

    refused(
        with(good, new ExactEvmPayload(forged, exact.authorization()).toJson()),
        "invalid_exact_evm_signature",
        NEW_PAYMENT);
  }

  @Test
  void aWrongAmount() {
    String code = "invalid_exact_evm_payload_authorization_value_mismatch";

    refused(altered(a -> Authorizations.valued(a, PRICE - 1)), code, NEW_PAYMENT);
    refused(altered(a -> Authorizations.valued(a, PRICE + 1)), code, NEW_PAYMENT);
  }

  @Test
  void aWrongPayee() {
    refused(
        altered(a -> Authorizations.paying(a, buyer.address())),
        "invalid_exact_evm_recipient_mismatch",
        NEW_PAYMENT);
  }

  @Test
  void anExpiredAuthorizationAndOneOfTheFuture() {
    refused(
        altered(a -> Authorizations.until(a, Instant.now().minusSeconds(1))),
        "invalid_exact_evm_payload_authorization_valid_before",
        NEW_PAYMENT);
    refused(
        altered(a -> Authorizations.after(a, Instant.now().plusSeconds(60))),
        "invalid_exact_evm_payload_authorization_valid_after",
        NEW_PAYMENT);
  }

  @ParameterizedTest
  @CsvSource({
    "amount,1",
    "payTo,0x1111111111111111111111111111111111111111",
    "asset,0x1111111111111111111111111111111111111111",
    "network,eip155:1",
    "scheme,upto"
  })
  void anOfferThatWasNotMade(String member, String value) {
    ObjectNode payment = shop.payment("/quote", buyer).toJson();
    ((ObjectNode) payment.get("accepted")).put(member, value);

    refused(PaymentPayload.parse(payment), "no_matching_requirements", ANOTHER_OFFER);
  }

  @Test
  void aTokenThatTheFacilitatorDoesNotMove() throws Exception {
    Caip19AssetId strange =
        new Caip19AssetId(world.chain.chainId(), new EvmAddress("0x" + "99".repeat(20)));
    shop = PaidShop.open(world, World.price(TokenAmount.of(strange, PRICE)));

    refused(shop.payment("/quote", buyer), "asset_not_allowed", "tell the seller");
  }

  @Test
  void anEmptyPurse() {
    refused(
        shop.payment("/quote", Buyer.penniless()),
        "invalid_exact_evm_insufficient_balance",
        "Fund the payer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%%", "e30", "e30=", "bm90IGpzb24=", "W10=", "eyJ4NDAyVmVyc2lvbiI6MX0="})
  void aHeaderThatIsNoPayment(String header) {
    problem(shop.get("/quote", PaymentHeaders.PAYMENT_SIGNATURE, header), 400, "invalid_payment");
  }

  @Test
  void jsonThatNestsTooDeeplyOrRepeatsAKey() {
    String deep = "{\"a\":".repeat(100) + "1" + "}".repeat(100);

    for (String json : new String[] {deep, "{\"x402Version\":2,\"x402Version\":2}"}) {
      problem(
          shop.get("/quote", PaymentHeaders.PAYMENT_SIGNATURE, base64(json)),
          400,
          "invalid_payment");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/authorization/value,-1",
    "/authorization/value,1e30",
    "/authorization/value,0x3e8",
    "/authorization/value,1000.0",
    "/authorization/value,115792089237316195423570985008687907853269984665640564039457584007913129639936",
    "/authorization/value,''",
    "/authorization/validBefore,-1",
    "/authorization/validAfter,now",
    "/authorization/nonce,0x12",
    "/authorization/from,0x12",
    "/authorization/from,nobody",
    "/signature,0x",
    "/signature,signed"
  })
  void anAuthorizationOfWrongTypes(String pointer, String value) {
    PaymentPayload good = shop.payment("/quote", buyer);
    ObjectNode payload = good.payload().deepCopy();
    int last = pointer.lastIndexOf('/');
    ((ObjectNode) payload.at(pointer.substring(0, last))).put(pointer.substring(last + 1), value);

    HttpResponse<String> answer = shop.pay("/quote", with(good, payload));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(402);
    assertThat(PaidShop.problem(answer).path("code").stringValue())
        .isIn("invalid_payload", "invalid_exact_evm_signature");
  }

  @Test
  void twoPaymentsOrTwoVersions() {
    String good = PaymentHeaders.encode(shop.payment("/quote", buyer));
    String name = PaymentHeaders.PAYMENT_SIGNATURE;

    problem(shop.get("/quote", name, good, name, good), 400, "ambiguous_payment");
    problem(
        shop.get("/quote", name, good, PaymentHeaders.V1_PAYMENT, "e30="),
        400,
        "ambiguous_payment");
    problem(shop.get("/quote", PaymentHeaders.V1_PAYMENT, "e30="), 400, "invalid_payment");
  }

  @Test
  void whatIsTooLong() {
    String name = PaymentHeaders.PAYMENT_SIGNATURE;

    problem(
        shop.get("/quote", name, base64("x".repeat(PaymentHeaders.MAX_CHARS))),
        431,
        "header_too_large");
    problem(
        shop.post(
            "/quote",
            new byte[(int) Host.MAX_BODY_BYTES + 1],
            name,
            PaymentHeaders.encode(shop.payment("/quote", buyer))),
        413,
        "body_too_large");
  }

  private PaymentPayload altered(UnaryOperator<TransferWithAuthorization> change) {
    return shop.payment("/quote", buyer, change);
  }

  private static PaymentPayload with(PaymentPayload payment, ObjectNode payload) {
    return new PaymentPayload(
        payment.resource(), payment.accepted(), payload, payment.extensions(), payment.rest());
  }

  private void refused(PaymentPayload payment, String code, String remedy) {
    HttpResponse<String> response = shop.pay("/quote", payment);
    problem(response, 402, code);
    assertThat(PaidShop.required(response).error()).contains(code);
    assertThat(PaidShop.problem(response).path("detail").stringValue()).contains(remedy);
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }

  private static void problem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = PaidShop.problem(response);
    assertThat(problem.path("code").stringValue()).isEqualTo(code);
    assertThat(problem.path("detail").stringValue()).isNotEmpty();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
