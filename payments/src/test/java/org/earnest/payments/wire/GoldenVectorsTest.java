package org.earnest.payments.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Held against what the stock packages emit. */
class GoldenVectorsTest {
  @ParameterizedTest
  @CsvSource({"required", "payment", "settled", "pending"})
  void readsTheStockHeaderAndKeepsWhatItSays(String name) {
    WireObject read = PaymentHeaders.decode(GoldenVectors.header(name), parser(name));

    assertThat(withoutNulls(WireJson.read(WireJson.write(read))))
        .isEqualTo(withoutNulls(GoldenVectors.json(name)));
  }

  @ParameterizedTest
  @CsvSource({"required", "settled"})
  void writesTheStockHeaderToTheByte(String name) {
    WireObject read = PaymentHeaders.decode(GoldenVectors.header(name), parser(name));

    assertThat(PaymentHeaders.encode(read)).isEqualTo(GoldenVectors.header(name));
  }

  @ParameterizedTest
  @CsvSource({"required", "payment", "settled", "pending"})
  void readsItsOwnHeaderBack(String name) {
    WireObject read = PaymentHeaders.decode(GoldenVectors.header(name), parser(name));

    WireObject again = PaymentHeaders.decode(PaymentHeaders.encode(read), parser(name));

    assertThat(again).isEqualTo(read);
  }

  @Test
  void theStockSignatureIsThePayersOverOurDigest() {
    PaymentPayload payment =
        PaymentHeaders.decode(GoldenVectors.header("payment"), PaymentPayload::parse);
    ExactEvmPayload exact = ExactEvmPayload.parse(payment.payload());
    Eip712Domain usdc =
        new Eip712Domain(
            "USDC",
            "2",
            Caip2ChainId.parse(payment.accepted().network()),
            new EvmAddress(payment.accepted().asset()));

    assertThat(
            SignatureRecovery.recover(
                exact.authorization().digest(usdc), Hex.decode(exact.signature())))
        .contains(new EvmAddress(GoldenVectors.payer()));
  }

  private static Function<JsonNode, WireObject> parser(String name) {
    return switch (name) {
      case "required" -> PaymentRequired::parse;
      case "payment" -> PaymentPayload::parse;
      default -> SettleResponse::parse;
    };
  }

  private static JsonNode withoutNulls(JsonNode json) {
    JsonNode copy = json.deepCopy();
    if (copy instanceof tools.jackson.databind.node.ObjectNode object) {
      object.propertyNames().stream()
          .filter(key -> object.get(key).isNull())
          .toList()
          .forEach(object::remove);
    }
    return copy;
  }
}
