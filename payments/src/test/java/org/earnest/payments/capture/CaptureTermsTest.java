package org.earnest.payments.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.testing.CaptureOffers;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.ResourceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a stranger may say in an offer of this scheme is refused by its reason, whatever it is. */
class CaptureTermsTest {
  private final PaymentRequirements good = CaptureOffers.good().toWire();
  private final ObjectNode extra = good.extra().deepCopy();

  @Test
  void aGoodOneIsRead() {
    assertThat(CaptureTerms.of(good)).isEqualTo(new Reading.Understood<>(CaptureOffers.good()));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 1L << 48, -1, Long.MIN_VALUE})
  void aDeadlineOutOfRangeIsRefusedAndNeverThrown(long second) {
    for (String deadline : List.of("captureDeadline", "refundDeadline")) {
      PaymentRequirements late = good.saying(extra.deepCopy().put(deadline, second));

      assertThat(reason(CaptureTerms.of(late))).isEqualTo(Reason.CAPTURE_EXTRA);
      assertThat(reason(payment(late))).isEqualTo(Reason.CAPTURE_EXTRA);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "policy,CAPTURE_POLICY",
    "receiverAuthorizer,CAPTURE_EXTRA",
    "authCaptureEscrow,CAPTURE_EXTRA",
    "paymentFlow,CAPTURE_PAYMENT_FLOW",
    "assetTransferMethod,CAPTURE_TRANSFER_METHOD"
  })
  void aMemberThatIsNoTextIsNotTakenForAbsent(String member, Reason reason) {
    ObjectNode object = extra.deepCopy();
    object.putObject(member);
    ObjectNode nothing = extra.deepCopy();
    nothing.putNull(member);

    assertThat(reason(CaptureTerms.of(good.saying(object)))).isEqualTo(reason);
    assertThat(reason(CaptureTerms.of(good.saying(extra.deepCopy().put(member, 7)))))
        .isEqualTo(reason);
    assertThat(CaptureTerms.of(good.saying(nothing))).isInstanceOf(Reading.Understood.class);
  }

  private static Reading<EvmPayment> payment(PaymentRequirements offer) {
    PaymentRequired required =
        PaymentRequired.of(
            "Payment required",
            ResourceInfo.of("https://seller.example/quote", "a quote", "application/json"),
            List.of(offer));
    return CapturePayment.of(
        FacilitatorRequest.of(
            PaymentPayload.of(required, offer, JsonNodeFactory.instance.objectNode()), offer));
  }

  private static Reason reason(Reading<?> reading) {
    return switch (reading) {
      case Reading.Refused<?> refused -> refused.reason();
      case Reading.Understood<?> understood -> throw new AssertionError("read: " + understood);
    };
  }
}
