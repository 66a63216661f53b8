package org.earnest.payments.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.payments.testing.Payments.BUYER;
import static org.earnest.payments.testing.Payments.NOW;
import static org.earnest.payments.testing.Payments.USDC;
import static org.earnest.payments.testing.Payments.authorization;
import static org.earnest.payments.testing.Payments.good;
import static org.earnest.payments.testing.Payments.offer;
import static org.earnest.payments.testing.Payments.seed;

import java.math.BigInteger;
import java.time.Duration;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentRequirements;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong by itself is refused by itself, under the shipped reason. */
class StaticChecksTest {
  private static final EvmAddress STRANGER = new EvmAddress("0x" + "11".repeat(20));

  @Test
  void aGoodPaymentPasses() {
    assertThat(judge(good("a"))).isInstanceOf(Reading.Understood.class);
  }

  @Test
  void aPaymentOfMoreOrLessThanThePriceIsRefused() {
    assertThat(reason(authorized(999, offer().payTo()))).isEqualTo(Reason.VALUE_MISMATCH);
    assertThat(reason(authorized(1_001, offer().payTo()))).isEqualTo(Reason.VALUE_MISMATCH);
  }

  @Test
  void aPaymentToSomebodyElseIsRefused() {
    assertThat(reason(authorized(1_000, STRANGER))).isEqualTo(Reason.RECIPIENT_MISMATCH);
  }

  @Test
  void theOfferThatCountsIsTheServers() {
    assertThat(
            reason(
                Payments.against(good("a"), offer -> priced(offer, TokenAmount.of(USDC, 5_000)))))
        .isEqualTo(Reason.VALUE_MISMATCH);
    assertThat(reason(Payments.against(good("a"), offer -> paying(offer, STRANGER))))
        .isEqualTo(Reason.RECIPIENT_MISMATCH);
    Caip19AssetId other = new Caip19AssetId(USDC.chain(), STRANGER);
    assertThat(
            reason(
                Payments.against(good("a"), offer -> priced(offer, TokenAmount.of(other, 1_000)))))
        .isEqualTo(Reason.ASSET_MISMATCH);
    Caip19AssetId elsewhere = new Caip19AssetId(Caip2ChainId.eip155(1), USDC.token());
    assertThat(
            reason(
                Payments.against(
                    good("a"), offer -> priced(offer, TokenAmount.of(elsewhere, 1_000)))))
        .isEqualTo(Reason.NETWORK_MISMATCH);
  }

  @Test
  void anExpiredAuthorizationIsRefusedAndOneThatExpiresBeforeItIsMined() {
    assertThat(reason(valid(0, -1))).isEqualTo(Reason.VALID_BEFORE);
    assertThat(reason(valid(0, 5))).isEqualTo(Reason.VALID_BEFORE);
    assertThat(judge(valid(0, 6))).isInstanceOf(Reading.Understood.class);
  }

  @Test
  void anAuthorizationThatLivesForTooLongIsRefused() {
    long day = Duration.ofDays(1).toSeconds();
    assertThat(reason(valid(0, day + 1))).isEqualTo(Reason.VALID_BEFORE);
    assertThat(judge(valid(0, day))).isInstanceOf(Reading.Understood.class);
  }

  @Test
  void anAuthorizationOfTheFutureIsRefused() {
    long now = NOW.getEpochSecond();
    assertThat(reason(valid(now + 1, 60))).isEqualTo(Reason.VALID_AFTER);
    assertThat(judge(valid(now, 60))).isInstanceOf(Reading.Understood.class);
  }

  @Test
  void aMalformedWrapperOfAWalletThatIsNotDeployedIsRefused() {
    ExactEvmPayload wrapped =
        new ExactEvmPayload(
            "0x" + "00".repeat(96) + "6492".repeat(16), authorization(offer(), "a"));
    assertThat(reason(Payments.unsigned(offer(), wrapped))).isEqualTo(Reason.SIGNATURE);
  }

  @Test
  void anotherSchemeOrMethodIsRefused() {
    assertThat(reason(edited(json -> json.put("scheme", "upto")))).isEqualTo(Reason.SCHEME);
    assertThat(
            reason(
                edited(
                    json ->
                        ((ObjectNode) json.get("extra")).put("assetTransferMethod", "permit2"))))
        .isEqualTo(Reason.UNSUPPORTED_PAYLOAD);
    assertThat(reason(edited(json -> ((ObjectNode) json.get("extra")).remove("name"))))
        .isEqualTo(Reason.MISSING_EIP712_DOMAIN);
    assertThat(reason(edited(json -> json.put("network", "solana:mainnet"))))
        .isEqualTo(Reason.NETWORK_MISMATCH);
    assertThat(reason(edited(json -> json.put("asset", "USDC")))).isEqualTo(Reason.INVALID_PAYLOAD);
  }

  @Test
  void oneNonceOfOnePayerAtOneTokenIsOnePayment() {
    PaymentKey key = Payments.read(good("a")).key();

    assertThat(key).isEqualTo(new PaymentKey(USDC, BUYER.address(), seed("a")));
    assertThat(key.id()).isNotEqualTo(Payments.read(good("b")).key().id());
    assertThat(key.submissionKey())
        .isEqualTo(
            "x402:eip155:84532:%s:%s:%s".formatted(USDC.token(), BUYER.address(), seed("a")));
  }

  private static FacilitatorRequest edited(java.util.function.Consumer<ObjectNode> edit) {
    ObjectNode json = offer().toWire().toJson();
    edit.accept(json);
    PaymentRequirements changed = PaymentRequirements.parse(json);
    ObjectNode payment = good("a").payment().toJson();
    payment.set("accepted", changed.toJson());
    return FacilitatorRequest.of(org.earnest.payments.wire.PaymentPayload.parse(payment), changed);
  }

  private static FacilitatorRequest authorized(long value, EvmAddress to) {
    TransferWithAuthorization good = authorization(offer(), "a");
    return Payments.signed(
        offer(),
        new TransferWithAuthorization(
            good.from(),
            to,
            BigInteger.valueOf(value),
            good.validAfter(),
            good.validBefore(),
            good.nonce()));
  }

  private static FacilitatorRequest valid(long after, long forSeconds) {
    TransferWithAuthorization good = authorization(offer(), "a");
    return Payments.signed(
        offer(),
        new TransferWithAuthorization(
            good.from(),
            good.to(),
            good.value(),
            BigInteger.valueOf(after),
            BigInteger.valueOf(NOW.plus(Duration.ofSeconds(forSeconds)).getEpochSecond()),
            good.nonce()));
  }

  private static ExactRequirements priced(ExactRequirements offer, TokenAmount price) {
    return new ExactRequirements(
        price, offer.payTo(), offer.maxTimeout(), offer.tokenName(), offer.tokenVersion());
  }

  private static ExactRequirements paying(ExactRequirements offer, EvmAddress payee) {
    return new ExactRequirements(
        offer.price(), payee, offer.maxTimeout(), offer.tokenName(), offer.tokenVersion());
  }

  private static Reading<ExactPayment> judge(FacilitatorRequest request) {
    return ExactPayment.of(request).then(payment -> StaticChecks.judge(payment, NOW));
  }

  private static Reason reason(FacilitatorRequest request) {
    return switch (judge(request)) {
      case Reading.Refused<ExactPayment> refused -> refused.reason();
      case Reading.Understood<ExactPayment> understood ->
          throw new AssertionError("passed: " + understood);
    };
  }
}
