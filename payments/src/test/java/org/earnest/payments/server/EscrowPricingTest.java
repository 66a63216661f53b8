package org.earnest.payments.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.capture.CapturePayment;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;
import org.junit.jupiter.api.Test;

/** Deadlines that follow the call, and what was signed just before they moved. */
class EscrowPricingTest {
  private static final String URL = "https://shop.example/quote";
  private static final Duration HELD = Duration.ofDays(2);
  private static final Instant HOUR = Instant.parse("2026-11-22T10:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(HOUR);
  private final EscrowPricing pricing = new EscrowPricing(EscrowPricingTest::offer, HELD, now::get);

  @Test
  void theDeadlineFollowsTheCallAndStaysForAnHour() {
    assertThat(deadline(pricing.offer(asked(List.of()))))
        .isEqualTo(HOUR.plus(HELD).plusSeconds(3600));
    now.set(HOUR.plusSeconds(3599));
    assertThat(deadline(pricing.offer(asked(List.of()))))
        .isEqualTo(HOUR.plus(HELD).plusSeconds(3600));
    now.set(HOUR.plusSeconds(3600));
    assertThat(deadline(pricing.offer(asked(List.of()))))
        .isEqualTo(HOUR.plus(HELD).plusSeconds(7200));
  }

  @Test
  void whatWasSignedInTheHourBeforeIsTakenAndNothingOlder() {
    now.set(HOUR.plusSeconds(3599));
    Offer signedFor = pricing.offer(asked(List.of()));
    PaidRequest paid = asked(List.of(payment(signedFor)));

    now.set(HOUR.plusSeconds(3601));
    assertThat(pricing.offer(paid)).isEqualTo(signedFor);
    now.set(HOUR.plusSeconds(7201));
    assertThat(pricing.offer(paid)).isNotEqualTo(signedFor);
  }

  @Test
  void whatWasNeverOfferedGetsTodaysOffer() {
    Offer today = pricing.offer(asked(List.of()));
    Offer own = offer(HOUR.plus(Duration.ofDays(80)));

    assertThat(pricing.offer(asked(List.of(payment(own))))).isEqualTo(today);
    assertThat(pricing.offer(asked(List.of("nothing")))).isEqualTo(today);
  }

  private static Instant deadline(Offer offer) {
    return ((Reading.Understood<CaptureTerms>) CaptureTerms.of(offer.accepts().getFirst()))
        .value()
        .captureDeadline();
  }

  private static PaidRequest asked(List<String> payments) {
    return new PaidRequest("GET", URL, Keccak256.hash(new byte[0]), payments, List.of());
  }

  private static Offer offer(Instant until) {
    return Offer.disputable(
        "a quote",
        "text/plain",
        new CaptureTerms(
            TokenAmount.of(Payments.USDC, 5),
            Payments.SELLER,
            Duration.ofMinutes(1),
            Payments.SELLER,
            until,
            until.plus(Duration.ofDays(30)),
            "USDC",
            "2"));
  }

  private String payment(Offer offer) {
    PaymentRequirements way = offer.accepts().getFirst();
    CaptureTerms terms = ((Reading.Understood<CaptureTerms>) CaptureTerms.of(way)).value();
    Hash32 salt = Payments.seed("salt");
    long end = now.get().plusSeconds(60).getEpochSecond();
    PaymentInfo info =
        terms.payment(Payments.BUYER.address(), end, new BigInteger(1, salt.bytes()));
    ReceiveWithAuthorization leave =
        new ReceiveWithAuthorization(
            Payments.BUYER.address(),
            PaymentInfo.COLLECTOR,
            terms.price().atomicUnits(),
            BigInteger.ZERO,
            BigInteger.valueOf(end),
            info.nonce(Payments.CHAIN));
    String signature = Hex.encode(Payments.BUYER.sign(leave.message(terms.domain())));
    PaymentRequired required = offer.required(URL, "Payment required");
    return PaymentHeaders.encode(
        PaymentPayload.of(
            required, way, new CapturePayment(terms, leave, signature, salt).toPayload()));
  }
}
