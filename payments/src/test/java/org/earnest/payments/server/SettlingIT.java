package org.earnest.payments.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.store.PostgresChannelLedger;
import org.earnest.payments.store.PostgresPaymentClaims;
import org.earnest.payments.testing.Buyer;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.DidKey;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.till.ChannelTill;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** When the money comes, when the answer goes, and what is signed and named on the way. */
class SettlingIT extends OnChain {
  private static final URI SHOP = URI.create("https://seller.example/quote");
  private static final Answer QUOTE = answer(200, "42");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final AtomicInteger runs = new AtomicInteger();
  private final DidKey key = DidKey.random();
  private PaymentGate gate;

  @BeforeEach
  void open() {
    gate =
        new PaymentGate(
            world.facilitator(world.usdc, PATIENCE),
            new PostgresPaymentClaims(world.database),
            new OfferReceipts(key, Optional.empty(), InstantSource.system()));
  }

  @Test
  void upfrontTakesTheMoneyBeforeTheHandlerRuns() throws Exception {
    Offer upfront = plain().settling(Settling.UPFRONT);
    assertThat(upfront.accepts().getFirst().extra().path("paymentFlow").stringValue())
        .isEqualTo("upfront");

    Sale sale =
        gate.serve(
            paid(upfront, ""),
            upfront,
            () -> {
              assertThat(spent()).isEqualTo(PRICE);
              return QUOTE;
            });

    assertThat(sale).isInstanceOf(Sale.Served.class);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void whatWasPaidUpfrontIsOwedUntilItIsServed() throws Exception {
    Offer upfront = plain().settling(Settling.UPFRONT);
    PaidRequest request = paid(upfront, "");

    assertThat(code(gate.serve(request, upfront, () -> answer(500, "broken"))))
        .isEqualTo("paid_not_served");
    assertThat(gate.serve(request, upfront, this::quote)).isInstanceOf(Sale.Served.class);
    assertThat(gate.serve(request, upfront, this::quote)).isInstanceOf(Sale.Served.class);
    assertThat(runs).hasValue(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void upfrontNothingIsMadeForABadPayment() throws Exception {
    Offer upfront = plain().settling(Settling.UPFRONT);
    ObjectNode signed = Buyer.penniless().payment(offer).payment().payload();
    PaidRequest penniless = paid(upfront, "", signed);

    assertThat(code(gate.serve(penniless, upfront, this::quote)))
        .isEqualTo("invalid_exact_evm_insufficient_balance");
    assertThat(runs).hasValue(0);
  }

  @Test
  void theAnswerWaitsForItsConfirmations() throws Exception {
    Offer sure = plain().settling(Settling.DEFAULT.releasing(new Confirmations(world.chain, 3)));
    PaidRequest request = paid(sure, "");

    Sale early = gate.serve(request, sure, this::quote);
    assertThat(code(early)).isEqualTo("settlement_pending");
    assertThat(((Sale.PaymentNeeded) early).settlement().orElseThrow().transaction()).isNotEmpty();
    world.mine(3);

    assertThat(gate.serve(request, sure, this::quote)).isInstanceOf(Sale.Served.class);
    assertThat(runs).hasValue(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void anIdentifierBelongsToOnePayment() throws Exception {
    String name = "purchase-0123456789";
    PaidRequest first = paid(plain(), name);

    assertThat(gate.serve(first, plain(), this::quote)).isInstanceOf(Sale.Served.class);
    assertThat(code(gate.serve(paid(plain(), name), plain(), this::quote)))
        .isEqualTo("payment_identifier_used");
    assertThat(gate.serve(first, plain(), this::quote)).isInstanceOf(Sale.Served.class);
    assertThat(code(gate.serve(paid(plain(), "short"), plain(), this::quote)))
        .isEqualTo("invalid_payment");
    assertThat(runs).hasValue(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void offersAndReceiptsAreSignedByTheSellersKey() throws Exception {
    PaidRequest unpaid =
        new PaidRequest("GET", SHOP.toString(), Keccak256.hash(new byte[0]), List.of(), List.of());
    PaymentRequired required =
        ((Sale.PaymentNeeded) gate.serve(unpaid, plain(), this::quote)).required();
    JsonNode offered = required.extensions().at("/offer-receipt/info/offers/0");

    JsonNode promise =
        JsonMapper.shared().readTree(key.verified(offered.path("signature").stringValue()));
    assertThat(offered.path("format").stringValue()).isEqualTo("jws");
    assertThat(promise.path("amount").stringValue()).isEqualTo(String.valueOf(PRICE));
    assertThat(promise.path("payTo").stringValue()).isEqualTo(offer.payTo().hex());
    assertThat(promise.path("resourceUrl").stringValue()).isEqualTo(SHOP.toString());

    PaidRequest request = paid(plain(), "");
    Sale.Served sale = (Sale.Served) gate.serve(request, plain(), this::quote);
    String signed =
        sale.settlement()
            .rest()
            .at("/extensions/offer-receipt/info/receipt/signature")
            .stringValue();
    JsonNode receipt = JsonMapper.shared().readTree(key.verified(signed));
    assertThat(receipt.path("payer").stringValue()).isEqualTo(buyer.address().hex());
    assertThat(receipt.path("transaction").stringValue())
        .isEqualTo(sale.settlement().transaction());
    assertThat(((Sale.Served) gate.serve(request, plain(), this::quote)).settlement())
        .isEqualTo(sale.settlement());
  }

  @Test
  void aVoucherHasNoTransactionToWaitForNorToCertify() throws Exception {
    Channels.install(world);
    LocalSigner authorizer = LocalSigner.random();
    gate =
        new PaymentGate(
            new ChannelTill(
                world.facilitator(world.usdc, PATIENCE),
                new PostgresChannelLedger(world.database),
                authorizer,
                InstantSource.system()),
            new PostgresPaymentClaims(world.database),
            new OfferReceipts(
                key,
                Optional.of(receipt -> "{\"of\":\"" + receipt.transaction().hex() + "\"}"),
                InstantSource.system()));
    ChannelTerms terms = Channels.terms(world, PRICE, authorizer.address());
    Offer sure =
        new Offer("a quote", "text/plain", List.of(terms.toWire()))
            .settling(Settling.DEFAULT.releasing(new Confirmations(world.chain, 3)));
    PaidRequest deposit =
        paid(sure, "", Channels.deposit(terms, buyer.signer(), 10 * PRICE, PRICE).toJson());

    assertThat(code(gate.serve(deposit, sure, this::quote))).isEqualTo("settlement_pending");
    world.mine(3);
    Sale.Served first = (Sale.Served) gate.serve(deposit, sure, this::quote);
    PaidRequest voucher = paid(sure, "", Channels.pay(terms, buyer.signer(), 2 * PRICE).toJson());
    Sale.Served second = (Sale.Served) gate.serve(voucher, sure, this::quote);

    String credential = "/extensions/receipt-credential/info/credential/of";
    assertThat(first.settlement().rest().at(credential).stringValue())
        .isEqualTo(first.settlement().transaction());
    assertThat(second.settlement().transaction()).isEmpty();
    assertThat(second.settlement().rest().at(credential).isMissingNode()).isTrue();
    assertThat(runs).hasValue(2);
  }

  private Answer quote() {
    runs.incrementAndGet();
    return QUOTE;
  }

  private Offer plain() {
    return new Offer("a quote", "text/plain", List.of(offer.toWire()));
  }

  private PaidRequest paid(Offer asked, String identifier) {
    return paid(asked, identifier, buyer.payment(offer).payment().payload());
  }

  private static PaidRequest paid(Offer asked, String identifier, ObjectNode payload) {
    PaymentRequired required = asked.required(SHOP.toString(), "Payment required");
    ObjectNode payment = PaymentPayload.of(required, asked.accepts().getFirst(), payload).toJson();
    if (!identifier.isEmpty()) {
      ((ObjectNode) payment.at("/extensions/payment-identifier/info")).put("id", identifier);
    }
    return new PaidRequest(
        "GET",
        SHOP.toString(),
        Keccak256.hash(new byte[0]),
        List.of(PaymentHeaders.encode(PaymentPayload.parse(payment))),
        List.of());
  }

  private static String code(Sale sale) {
    return switch (sale) {
      case Sale.PaymentNeeded needed -> needed.refusal().code();
      case Sale.Refused refused -> refused.refusal().code();
      case Sale.Served served -> "served";
      case Sale.NotCharged free -> "not charged";
    };
  }

  private static Answer answer(int status, String text) {
    return new Answer(status, Optional.of("text/plain"), text.getBytes(StandardCharsets.UTF_8));
  }
}
