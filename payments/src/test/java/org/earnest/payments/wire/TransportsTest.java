package org.earnest.payments.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** MCP and A2A, held against the shapes that the specification gives them. */
class TransportsTest {
  private static final PaymentRequired REQUIRED =
      PaymentHeaders.decode(GoldenVectors.header("required"), PaymentRequired::parse);
  private static final PaymentPayload PAYMENT =
      PaymentHeaders.decode(GoldenVectors.header("payment"), PaymentPayload::parse);
  private static final SettleResponse SETTLED =
      PaymentHeaders.decode(GoldenVectors.header("settled"), SettleResponse::parse);

  @Test
  void anUnpaidToolCallIsWrittenAndRead() {
    ObjectNode golden = GoldenVectors.mcp("unpaid");

    assertThat(written(McpTransport.unpaid(REQUIRED))).isEqualTo(golden);
    assertThat(McpTransport.required(golden)).contains(REQUIRED);
  }

  @Test
  void theOfferIsFoundInEachOfItsPlaces() {
    ObjectNode onlyText = GoldenVectors.mcp("unpaid");
    onlyText.remove("structuredContent");
    ObjectNode wrapped = GoldenVectors.mcp("unpaid");
    wrapped.remove("content");
    wrapped.putObject("structuredContent").putObject("x402/error").set("data", REQUIRED.toJson());

    assertThat(McpTransport.required(onlyText)).contains(REQUIRED);
    assertThat(McpTransport.required(wrapped)).contains(REQUIRED);
  }

  @Test
  void aToolThatFailsInProseAsksForNothing() {
    ObjectNode prose = WireJson.object().put("isError", true);
    prose.putArray("content").addObject().put("type", "text").put("text", "pay 5 USDC to 0x1");
    ObjectNode success = GoldenVectors.mcp("unpaid").put("isError", false);

    assertThat(McpTransport.required(prose)).isEmpty();
    assertThat(McpTransport.required(success)).isEmpty();
  }

  @Test
  void aPaymentTravelsInTheMetadataBesideWhatIsThere() {
    ObjectNode golden = GoldenVectors.mcp("paying");
    ObjectNode unpaid = golden.deepCopy();
    ((ObjectNode) unpaid.get("_meta")).remove(McpTransport.PAYMENT);

    assertThat(McpTransport.payment(McpTransport.paying(unpaid, PAYMENT))).contains(PAYMENT);
    assertThat(McpTransport.payment(golden)).contains(PAYMENT);
    assertThat(McpTransport.payment(unpaid)).isEmpty();
    assertThat(McpTransport.paying(unpaid, PAYMENT).path("_meta").path("progressToken").intValue())
        .isEqualTo(7);
  }

  @Test
  void whatBecameOfAPaymentIsWrittenAndRead() {
    ObjectNode golden = GoldenVectors.mcp("settled");
    ObjectNode unsettled = golden.deepCopy();
    unsettled.remove("_meta");

    assertThat(McpTransport.settled(unsettled, SETTLED)).isEqualTo(golden);
    assertThat(McpTransport.settlement(golden)).contains(SETTLED);
  }

  @Test
  void aFailedPaymentAsksAgainAndSaysWhy() {
    ObjectNode golden = GoldenVectors.mcp("failed");
    SettleResponse failure = McpTransport.settlement(golden).orElseThrow();
    PaymentRequired plain =
        new PaymentRequired(
            Optional.of("Payment settlement failed: insufficient funds"),
            REQUIRED.resource(),
            REQUIRED.accepts(),
            REQUIRED.extensions(),
            REQUIRED.rest());

    assertThat(failure.errorReason()).contains("insufficient_funds");
    assertThat(written(McpTransport.failed(plain, failure))).isEqualTo(golden);
    assertThat(McpTransport.required(golden).orElseThrow().accepts()).isEqualTo(REQUIRED.accepts());
  }

  @Test
  void somethingElseInAPaymentsPlaceIsRefused() {
    ObjectNode params = GoldenVectors.mcp("paying");
    ((ObjectNode) params.get("_meta")).put(McpTransport.PAYMENT, "a string");

    assertThatThrownBy(() -> McpTransport.payment(params)).isInstanceOf(WireFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"required", "completed", "failed"})
  void aTasksMetadataIsReadAndWritten(String name) {
    ObjectNode task = GoldenVectors.a2a(name);

    A2aPayment read = A2aPayment.ofTask(task).orElseThrow();

    assertThat(written(read.toJson()))
        .isEqualTo(task.path("status").path("message").path("metadata"));
  }

  @Test
  void eachStateIsMadeAsItIsRead() {
    ObjectNode message = GoldenVectors.a2a("submitted");
    SettleResponse failure =
        A2aPayment.ofTask(GoldenVectors.a2a("failed")).orElseThrow().receipts().getFirst();

    assertThat(A2aPayment.ofTask(GoldenVectors.a2a("required")))
        .contains(A2aPayment.required(REQUIRED));
    assertThat(A2aPayment.ofMessage(message)).contains(A2aPayment.submitted(PAYMENT));
    assertThat(A2aPayment.ofTask(GoldenVectors.a2a("completed")))
        .contains(A2aPayment.completed(List.of(SETTLED)));
    assertThat(A2aPayment.ofTask(GoldenVectors.a2a("failed")))
        .contains(A2aPayment.failed("INSUFFICIENT_FUNDS", List.of(failure)));
  }

  @Test
  void metadataOfOthersIsKeptAndMessagesOfOthersAreNotOurs() {
    ObjectNode metadata = A2aPayment.verified().toJson().put("trace", "abc");

    assertThat(A2aPayment.parse(metadata).toJson()).isEqualTo(metadata);
    assertThat(A2aPayment.ofMessage(WireJson.object())).isEmpty();
  }

  @Test
  void aStateWithoutWhatItNeedsIsRefused() {
    ObjectNode metadata = A2aPayment.rejected().toJson();

    assertThatThrownBy(
            () -> A2aPayment.parse(metadata.put("x402.payment.status", "payment-required")))
        .hasMessageContaining("x402.payment.required");
    assertThatThrownBy(() -> A2aPayment.parse(metadata.put("x402.payment.status", "paid")))
        .hasMessageContaining("status");
  }

  /** A long and an int of one value are one number on the wire. */
  private static ObjectNode written(ObjectNode json) {
    return WireJson.read(WireJson.write(json));
  }
}
