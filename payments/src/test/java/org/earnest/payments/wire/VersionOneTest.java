package org.earnest.payments.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Version 1, held against what the stock packages emit. */
class VersionOneTest {
  @Test
  void theOfferIsReadAndWritten() {
    ObjectNode golden = GoldenVectors.v1("required");
    PaymentRequiredV1 read = PaymentRequiredV1.parse(golden);
    ((ObjectNode) golden.get("accepts").get(0)).remove("outputSchema");

    assertThat(WireJson.read(WireJson.write(read))).isEqualTo(golden);
  }

  @Test
  void thePaymentIsReadAndWrittenToTheByte() {
    PaymentPayloadV1 read =
        PaymentHeaders.decode(GoldenVectors.headerV1("payment"), PaymentPayloadV1::parse);

    assertThat(PaymentHeaders.encode(read)).isEqualTo(GoldenVectors.headerV1("payment"));
  }

  @Test
  void theStockSignatureIsThePayersOverOurDigest() {
    PaymentPayloadV1 payment = PaymentPayloadV1.parse(GoldenVectors.v1("payment"));
    ExactEvmPayload exact = ExactEvmPayload.parse(payment.payload());
    Eip712Domain usdc =
        new Eip712Domain(
            "USDC",
            "2",
            Caip2ChainId.parse(NetworksV1.caip2(payment.network()).orElseThrow()),
            new EvmAddress("0x036CbD53842c5426634e7929541eC2318f3dCF7e"));

    assertThat(
            SignatureRecovery.recover(
                exact.authorization().digest(usdc), Hex.decode(exact.signature())))
        .contains(new EvmAddress(GoldenVectors.payer()));
  }

  @Test
  void anOfferIsTheSameInBothVersions() {
    PaymentRequired v2 = PaymentRequiredV1.parse(GoldenVectors.v1("required")).toV2();
    PaymentRequirements stock =
        PaymentHeaders.decode(GoldenVectors.header("required"), PaymentRequired::parse)
            .accepts()
            .getFirst();

    assertThat(v2.accepts()).containsExactly(stock);
    assertThat(v2.resource().url()).isEqualTo("https://seller.example/quote?symbol=ETH");
    assertThat(PaymentRequiredV1.of(v2).orElseThrow().toV2()).isEqualTo(v2);
  }

  @Test
  void aPaymentIsTheSameInBothVersions() {
    PaymentPayload v2 =
        PaymentHeaders.decode(GoldenVectors.header("payment"), PaymentPayload::parse);

    PaymentPayloadV1 v1 = PaymentPayloadV1.of(v2);

    assertThat(v1.network()).isEqualTo("base-sepolia");
    assertThat(v1.toV2(v2.accepted()).payload()).isEqualTo(v2.payload());
  }

  @Test
  void aChainWithoutANameCannotBeOfferedInVersionOne() {
    PaymentRequired required = PaymentRequiredV1.parse(GoldenVectors.v1("required")).toV2();
    ObjectNode elsewhere = required.toJson();
    ((ObjectNode) elsewhere.get("accepts").get(0)).put("network", "eip155:31337");

    assertThat(PaymentRequiredV1.of(PaymentRequired.parse(elsewhere))).isEmpty();
  }

  @Test
  void aNameThatIsNotKnownStaysWhatItIs() {
    ObjectNode golden = GoldenVectors.v1("required");
    ((ObjectNode) golden.get("accepts").get(0)).put("network", "solana-devnet");

    assertThat(PaymentRequiredV1.parse(golden).toV2().accepts().getFirst().network())
        .isEqualTo("solana-devnet");
  }

  @Test
  void unknownMembersAreKept() {
    ObjectNode golden = GoldenVectors.v1("payment").put("futureMember", 7);

    assertThat(WireJson.read(WireJson.write(PaymentPayloadV1.parse(golden)))).isEqualTo(golden);
  }

  @Test
  void aToolAsksAndIsPaidInVersionOne() {
    ObjectNode result = WireJson.object().put("isError", true);
    result.set("structuredContent", GoldenVectors.v1("required"));
    PaymentPayload payment =
        PaymentHeaders.decode(GoldenVectors.header("payment"), PaymentPayload::parse);

    ObjectNode params = McpTransport.paying(WireJson.object(), payment, X402Version.V1);

    assertThat(McpTransport.version(result)).contains(X402Version.V1);
    assertThat(McpTransport.required(result).orElseThrow().accepts())
        .containsExactly(payment.accepted());
    assertThat(McpTransport.paymentV1(params)).contains(PaymentPayloadV1.of(payment));
    assertThat(McpTransport.paymentV1(McpTransport.paying(WireJson.object(), payment))).isEmpty();
    assertThatThrownBy(() -> McpTransport.payment(params)).hasMessageContaining("x402Version");
  }

  @Test
  void versionsAreNotMixed() {
    assertThatThrownBy(
            () -> PaymentPayloadV1.parse(GoldenVectors.v1("payment").put("x402Version", 2)))
        .hasMessageContaining("x402Version");
    assertThatThrownBy(
            () -> PaymentRequiredV1.parse(GoldenVectors.v1("required").put("x402Version", 2)))
        .hasMessageContaining("x402Version");
  }
}
