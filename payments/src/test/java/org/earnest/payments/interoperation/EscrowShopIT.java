package org.earnest.payments.interoperation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.earnest.bindings.call.CaptureOperatorCalls;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.core.submission.Finality;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.kit.submission.PostgresSubmissionJournal;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.client.Dispute;
import org.earnest.payments.client.Exchange;
import org.earnest.payments.client.PayingHttpClient;
import org.earnest.payments.client.SpendingPolicy;
import org.earnest.payments.edge.Paywall;
import org.earnest.payments.escrow.Captures;
import org.earnest.payments.escrow.EscrowTill;
import org.earnest.payments.escrow.HeldPayment;
import org.earnest.payments.escrow.HeldPayments;
import org.earnest.payments.facilitator.EvmFacilitator;
import org.earnest.payments.facilitator.FacilitatorPolicy;
import org.earnest.payments.server.Offer;
import org.earnest.payments.store.PostgresHeldPayments;
import org.earnest.payments.testing.Doubles;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.Shop;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequirements;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Paid calls that can be disputed: our buyer and the stock one, a seller, an arbiter. */
class EscrowShopIT extends OnChain {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final LocalSigner ARBITER = LocalSigner.random();

  private static EvmAddress hasty;
  private static EvmAddress patient;
  private static EvmFacilitator facilitator;
  private static HeldPayments held;
  private static int keys;

  private String key;
  private LocalSigner payer;
  private LocalSigner seller;
  private Captures captures;

  @BeforeAll
  static void install() {
    Doubles.installAuthCapture(world);
    hasty = operator(MOMENT);
    patient = operator(HOUR);
    facilitator =
        world.facilitator(
            FacilitatorPolicy.ofAssets(world.usdc).admitting(hasty).admitting(patient));
    world.database.migrate("payments");
    held = new PostgresHeldPayments(world.database);
  }

  private static EvmAddress operator(Duration window) {
    return world.deploy(
        CreationCode.captureOperator(
            PaymentInfo.ESCROW,
            PaymentInfo.REFUND_COLLECTOR,
            ARBITER.address(),
            window,
            Duration.ofMinutes(1)));
  }

  @BeforeEach
  void people() {
    Hash32 secret = Payments.seed("escrow buyer " + keys++);
    key = "0x" + HexFormat.of().formatHex(secret.bytes());
    payer = LocalSigner.of(secret.bytes());
    seller = LocalSigner.random();
    world.mint(payer.address());
    world.ether(seller.address(), BigInteger.TEN.pow(18));
    captures = captures(submitter());
  }

  private TransactionSubmitter submitter() {
    return new JournaledTransactionSubmitter(
        world.rpc,
        world.chain,
        seller,
        PostgresSubmissionJournal.open(world.database),
        SubmissionSettings.DEFAULT);
  }

  private static Captures captures(TransactionSubmitter submitter) {
    return new Captures(world.chain, submitter, held, new Finality.Depth(0));
  }

  @Test
  void whatNobodyDisputesIsCapturedAfterTheWindow() throws Exception {
    Exchange<String> bought = buy(shop(hasty), hasty);

    assertThat(bought).as(bought.response().body()).isInstanceOf(Exchange.Paid.class);
    assertThat(bought.response().body()).isEqualTo(PaidShop.QUOTE);
    assertThat(world.balance(payer.address())).isEqualTo(World.PURSE - PRICE);
    capturedByTheSeller();
    assertThat(captures.round()).isZero();
    assertThat(mine()).isEmpty();
  }

  @Test
  void whatWasMinedInVainIsCapturedUnderAnotherKey() throws Exception {
    buy(shop(hasty), hasty);
    captures = captures(new InVain(submitter()));

    capturedByTheSeller();
  }

  @Test
  void whatCanBeCapturedTheShortestComesFirst() {
    for (long until : new long[] {3, 1, 2}) {
      CaptureTerms terms = terms(patient, Instant.ofEpochSecond(until));
      held.add(
          new HeldPayment(
              world.usdc.chain(), terms.payment(payer.address(), 1, BigInteger.valueOf(until))));
    }

    List<HeldPayment> first = held.open(Optional.empty(), 2);
    List<HeldPayment> next = held.open(Optional.of(first.getLast()), 1);
    assertThat(Stream.concat(first.stream(), next.stream()))
        .extracting(payment -> payment.payment().authorizationExpiry())
        .containsExactly(1L, 2L, 3L);
    captures.round();
    assertThat(mine()).isEmpty();
  }

  @Test
  void anOfferIntoEscrowThatNobodyWouldRememberIsNotMade() {
    Paywall forgetful = Paywall.open(world.database, facilitator);
    Offer offer = Offer.disputable("a quote", "application/json", terms(patient, Instant.now()));

    assertThatThrownBy(() -> forgetful.charge(offer, PaidShop::quote))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EscrowTill");
  }

  @Test
  void theStockClientPaysIntoEscrow() throws Exception {
    StockPackages stock = StockPackages.install();

    JsonNode told = stock.run("buy.mjs", key, shop(hasty), world.usdc.token());

    assertThat(told.path("first").path("status").intValue()).as(told.toString()).isEqualTo(200);
    assertThat(told.path("again")).isEqualTo(told.path("first"));
    assertThat(world.balance(payer.address())).isEqualTo(World.PURSE - PRICE);
    capturedByTheSeller();
  }

  @Test
  void whatIsFrozenWaitsForTheArbiter() throws Exception {
    Exchange<String> bought = buy(shop(patient), patient);
    Dispute dispute = Dispute.about(((Exchange.Paid<String>) bought).payment()).orElseThrow();

    assertThat(captures.round()).as("the window is open").isZero();
    world.send(dispute.freeze(payer));
    assertThat(captures.round()).as("frozen").isZero();
    world.sendAs(
        ARBITER.address(),
        new CaptureOperatorCalls(dispute.payment()).rule(BigInteger.valueOf(PRICE / 4)));

    assertThat(world.balance(seller.address())).isEqualTo(PRICE / 4);
    assertThat(world.balance(payer.address())).isEqualTo(World.PURSE - PRICE / 4);
    assertThat(captures.round()).isZero();
    assertThat(mine()).isEmpty();
  }

  @Test
  void aSatisfiedBuyerNeedNotWait() throws Exception {
    Exchange<String> bought = buy(shop(patient), patient);

    world.sendAs(
        payer.address(),
        Dispute.about(((Exchange.Paid<String>) bought).payment()).orElseThrow().release());

    assertThat(world.balance(seller.address())).isEqualTo(PRICE);
  }

  @Test
  void anOperatorThatIsNotNamedIsNotPaid() throws Exception {
    Exchange<String> declined = buy(shop(patient), hasty);

    assertThat(declined)
        .isInstanceOfSatisfying(
            Exchange.Declined.class,
            why -> assertThat(why.code()).isEqualTo("operator_not_allowed"));
  }

  @Test
  void aSecondShowingIsAnsweredWithoutASecondPayment() throws Exception {
    Exchange.Paid<String> bought = (Exchange.Paid<String>) buy(shop(patient), patient);
    long transactions = world.transactions();

    Exchange<String> again =
        client(patient)
            .resend(
                HttpRequest.newBuilder(bought.response().uri()).build(),
                bought.payment(),
                BodyHandlers.ofString());

    assertThat(again.response().body()).isEqualTo(PaidShop.QUOTE);
    assertThat(world.transactions()).isEqualTo(transactions);
    assertThat(world.balance(payer.address())).isEqualTo(World.PURSE - PRICE);
  }

  @Test
  void whatIsWrongHasTheSpecificationsReason() throws Exception {
    Exchange.Paid<String> bought = (Exchange.Paid<String>) buy(shop(patient), patient);
    PaymentPayload good = bought.payment().payload();
    PaymentRequirements offer = good.accepted();

    assertThat(
            List.of(
                reason(good, extra(offer, e -> e.put("operatorType", "delegated"))),
                reason(good, extra(offer, e -> e.put("operatorType", "policy"))),
                reason(good, extra(offer, e -> e.put("paymentFlow", "authorization"))),
                reason(good, extra(offer, e -> e.put("maxFeeBps", 1))),
                reason(good, extra(offer, e -> e.put("captureAuthorizer", seller.address().hex()))),
                reason(good, extra(offer, e -> e.put("captureDeadline", 1))),
                reason(good, extra(offer, e -> e.put("refundDeadline", 9_999_999_999L))),
                reason(good, offer.costing(BigInteger.TWO)),
                reason(payload(good, p -> p.put("type", "capture")), offer),
                reason(payload(good, p -> p.put("salt", "0x12")), offer),
                reason(payload(good, p -> p.put("salt", Payments.seed("salt").hex())), offer),
                reason(authorization(good, "to", seller.address().hex()), offer),
                reason(authorization(good, "validAfter", "1"), offer),
                reason(authorization(good, "validBefore", "1"), offer),
                reason(good, offer)))
        .containsExactly(
            "invalid_auth_capture_evm_unsupported_operator_type",
            "invalid_auth_capture_evm_unsupported_operator_type",
            "invalid_auth_capture_evm_unsupported_payment_flow",
            "invalid_auth_capture_evm_extra",
            "invalid_auth_capture_evm_operator_not_admitted",
            "invalid_auth_capture_evm_capture_deadline_expired",
            "invalid_auth_capture_evm_nonce_mismatch",
            "invalid_auth_capture_evm_amount_mismatch",
            "invalid_auth_capture_evm_lifecycle_not_relayed",
            "invalid_auth_capture_evm_payload_format",
            "invalid_auth_capture_evm_nonce_mismatch",
            "invalid_auth_capture_evm_token_collector_mismatch",
            "invalid_auth_capture_evm_authorization_not_yet_valid",
            "invalid_auth_capture_evm_authorization_expired",
            "invalid_auth_capture_evm_payment_already_collected");
  }

  @Test
  void theFacilitatorSaysWhichOperatorsItServes() {
    assertThat(facilitator.supported().toJson().toString())
        .contains("auth-capture", hasty.hex(), patient.hex(), "custom");
  }

  private void capturedByTheSeller() {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              world.mine(1);
              captures.round();
              assertThat(world.balance(seller.address())).isEqualTo(PRICE);
            });
  }

  private List<?> mine() {
    return held.open(Optional.empty(), 100).stream()
        .filter(payment -> payment.payment().receiver().equals(seller.address()))
        .toList();
  }

  private Exchange<String> buy(URI quote, EvmAddress trusted) throws Exception {
    return client(trusted).send(HttpRequest.newBuilder(quote).build(), BodyHandlers.ofString());
  }

  private PayingHttpClient client(EvmAddress trusted) {
    return PayingHttpClient.wrap(
        HttpClient.newHttpClient(),
        payer,
        SpendingPolicy.upTo(TokenAmount.of(world.usdc, PRICE))
            .to(seller.address())
            .intoEscrowOf(trusted));
  }

  private URI shop(EvmAddress operator) throws Exception {
    CaptureTerms terms = terms(operator, Instant.now().plus(Duration.ofDays(1)));
    Paywall wall = Paywall.open(world.database, new EscrowTill(facilitator, held));
    Offer offer = Offer.disputable("a quote", "application/json", terms);
    return URI.create(world.host(new Shop(wall.charge(offer, PaidShop::quote))) + "/quote");
  }

  private CaptureTerms terms(EvmAddress operator, Instant captureDeadline) {
    Instant until = captureDeadline.truncatedTo(ChronoUnit.SECONDS);
    return new CaptureTerms(
        TokenAmount.of(world.usdc, PRICE),
        seller.address(),
        Offer.TIMEOUT,
        operator,
        until,
        until.plus(Duration.ofDays(1)),
        "USD Coin",
        "2");
  }

  private static String reason(PaymentPayload payment, PaymentRequirements offer) {
    return facilitator.verify(FacilitatorRequest.of(payment, offer)).invalidReason().orElse("none");
  }

  private static PaymentRequirements extra(
      PaymentRequirements offer, UnaryOperator<ObjectNode> change) {
    return offer.saying(change.apply(offer.extra().deepCopy()));
  }

  private static PaymentPayload payload(PaymentPayload payment, UnaryOperator<ObjectNode> change) {
    ObjectNode json = payment.toJson();
    json.set("payload", change.apply(payment.payload().deepCopy()));
    return PaymentPayload.parse(json);
  }

  private static PaymentPayload authorization(PaymentPayload payment, String name, String value) {
    return payload(
        payment,
        payload -> {
          ((ObjectNode) payload.get("authorization")).put(name, value);
          return payload;
        });
  }

  /** The first transaction of each capture was mined in vain, for good. */
  private record InVain(TransactionSubmitter real) implements TransactionSubmitter {
    @Override
    public EvmAddress sender() {
      return real.sender();
    }

    @Override
    public SubmissionOutcome submit(SubmissionRequest request, Duration patience) {
      return request.key().endsWith(":0")
          ? new SubmissionOutcome.Rejected(
              "reverted", "in vain", Payments.seed(request.key()), Inclusion.FINAL)
          : real.submit(request, patience);
    }

    @Override
    public Optional<SubmissionOutcome> find(SubmissionRequest request, Duration patience) {
      return real.find(request, patience);
    }
  }
}
