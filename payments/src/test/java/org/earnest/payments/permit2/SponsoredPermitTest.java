package org.earnest.payments.permit2;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.core.chain.Hex;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.GoldenVectors;
import org.earnest.payments.wire.PaymentPayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Permits for Permit2 as the stock client signs them, and what is none for its payment. */
class SponsoredPermitTest {
  private static final String OTHER = "0x" + "12".repeat(20);

  @ParameterizedTest
  @ValueSource(strings = {"exact", "upto"})
  void aStockPermitIsReadAndWrittenAsItCame(String scheme) {
    PaymentPayload payment = payment(scheme);
    SponsoredPermit permit = permit(payment);
    ObjectNode declared = payment.extensions().deepCopy();
    ((ObjectNode) declared.at("/eip2612GasSponsoring/info"))
        .remove(List.of("from", "asset", "spender", "amount", "nonce", "deadline", "signature"));

    assertThat(permit.addedTo(declared).toString().toLowerCase(Locale.ROOT))
        .isEqualTo(payment.extensions().toString().toLowerCase(Locale.ROOT));
    Eip712Domain token =
        ((Reading.Understood<Permit2Requirements>) Permit2Requirements.of(payment.accepted()))
            .value()
            .token()
            .orElseThrow();
    assertThat(
            SignatureRecovery.recover(
                permit.permit().digest(token), Hex.decode(permit.signature())))
        .contains(permit.permit().owner());
  }

  @ParameterizedTest
  @ValueSource(strings = {"exact", "upto"})
  void aStockPaymentIsBroughtOnChainWithItsPermit(String scheme) {
    assertThat(judged(payment(scheme))).isEqualTo("fine");
    Reading.Understood<EvmPayment> read = (Reading.Understood<EvmPayment>) read(payment(scheme));
    assertThat(read.value().transfer().data())
        .contains(permit(payment(scheme)).signature().substring(2, 66));
  }

  @Test
  void whatIsNoPermitForThePaymentHasTheShippedReason() {
    assertThat(judged(info(i -> i.put("from", OTHER)))).isEqualTo("eip2612_from_mismatch");
    assertThat(judged(info(i -> i.put("asset", OTHER)))).isEqualTo("eip2612_asset_mismatch");
    assertThat(judged(info(i -> i.put("spender", OTHER)))).isEqualTo("eip2612_spender_not_permit2");
    assertThat(judged(info(i -> i.put("deadline", "1")))).isEqualTo("eip2612_deadline_expired");
    assertThat(judged(info(i -> i.put("amount", "1001"))))
        .isEqualTo("permit2_2612_amount_mismatch");
    for (String member : List.of("from", "asset", "spender", "amount", "nonce", "deadline")) {
      for (String bad : List.of("", "-1", "0x", "1".repeat(79))) {
        assertThat(judged(info(i -> i.put(member, bad))))
            .as(member + " " + bad)
            .isEqualTo("invalid_eip2612_extension_format");
      }
    }
    assertThat(judged(info(i -> i.put("signature", "0x12"))))
        .isEqualTo("invalid_eip2612_extension_format");
  }

  @Test
  void anEchoIsNoPermit() {
    assertThat(judged(info(SponsoredPermitTest::unsigned))).isEqualTo("fine");
    assertThat(SponsoredPermit.isDeclared(JsonNodeFactory.instance.objectNode())).isFalse();
  }

  private static ObjectNode unsigned(ObjectNode info) {
    info.remove("signature");
    return info;
  }

  private static PaymentPayload payment(String scheme) {
    return PaymentPayload.parse(GoldenVectors.permit(scheme));
  }

  private static SponsoredPermit permit(PaymentPayload payment) {
    return ((ByPermit2) ((Reading.Understood<EvmPayment>) read(payment)).value())
        .sponsored()
        .orElseThrow();
  }

  private static Reading<EvmPayment> read(PaymentPayload payment) {
    return ByPermit2.of(FacilitatorRequest.of(payment, payment.accepted()));
  }

  /** At the moment it was signed. */
  private static String judged(PaymentPayload payment) {
    Instant signed =
        Instant.ofEpochSecond(payment.payload().at("/permit2Authorization/deadline").asLong() - 60);
    return switch (read(payment).then(read -> read.judge(signed, EvmPayment.Purpose.VERIFY))) {
      case Reading.Refused<EvmPayment> refused -> refused.reason().code();
      case Reading.Understood<EvmPayment> understood -> "fine";
    };
  }

  private static PaymentPayload info(UnaryOperator<ObjectNode> change) {
    PaymentPayload good = payment("upto");
    ObjectNode extensions = good.extensions().deepCopy();
    ObjectNode extension = (ObjectNode) extensions.get(SponsoredPermit.NAME);
    extension.set("info", change.apply((ObjectNode) extension.get("info")));
    return good.extended(extensions);
  }
}
