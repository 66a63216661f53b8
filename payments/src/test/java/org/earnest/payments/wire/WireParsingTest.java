package org.earnest.payments.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Strangers' input: kept where unknown, refused where wrong, never anything else. */
class WireParsingTest {
  private static final int ROUNDS = 2_000;
  private static final long SEED = 402;

  @Test
  void unknownMembersAreKept() {
    ObjectNode json = payment();
    json.put("futureMember", 7);
    ((ObjectNode) json.get("accepted")).putObject("futureObject").put("x", "y");

    assertThat(WireJson.read(WireJson.write(PaymentPayload.parse(json)))).isEqualTo(json);
  }

  @Test
  void explicitNullsCountAsAbsent() {
    ObjectNode json = payment();
    json.putNull("extensions");
    json.putNull("resource");

    PaymentPayload read = PaymentPayload.parse(json);

    assertThat(read.resource()).isEmpty();
    assertThat(read.extensions().isEmpty()).isTrue();
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertThatThrownBy(() -> WireJson.read(bytes("{\"a\":1,\"a\":2}")))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "null", "{", "{} {}", "{\"a\":01}", "{\"a\":NaN}"})
  void whatIsNoObjectIsRefused(String text) {
    assertThatThrownBy(() -> WireJson.read(bytes(text))).isInstanceOf(WireFormatException.class);
  }

  @Test
  void depthAndSizeAreBounded() {
    String deep =
        "{\"a\":".repeat(WireJson.MAX_DEPTH + 1) + "1" + "}".repeat(WireJson.MAX_DEPTH + 1);
    String wide = "{\"a\":\"" + "x".repeat(WireJson.MAX_BYTES) + "\"}";

    assertThatThrownBy(() -> WireJson.read(bytes(deep))).isInstanceOf(WireFormatException.class);
    assertThatThrownBy(() -> WireJson.read(bytes(wide))).isInstanceOf(WireFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "abc", "e30", "e30*", "e3 0", "_-8=", "===="})
  void malformedBase64IsRefused(String header) {
    assertThatThrownBy(() -> PaymentHeaders.decode(header, PaymentPayload::parse))
        .isInstanceOf(WireFormatException.class);
  }

  @Test
  void anOversizedHeaderIsRefused() {
    String header = "A".repeat(PaymentHeaders.MAX_CHARS + 4);

    assertThatThrownBy(() -> PaymentHeaders.decode(header, PaymentPayload::parse))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("longer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.0", "1e3", "0x10", "01", " 1", "", "٣"})
  void anAmountIsAWholeDecimalNumber(String amount) {
    ObjectNode json = payment();
    ((ObjectNode) json.get("accepted")).put("amount", amount);

    assertThatThrownBy(() -> PaymentPayload.parse(json)).isInstanceOf(WireFormatException.class);
  }

  @Test
  void anAmountFits256Bits() {
    BigInteger tooMuch = BigInteger.TWO.pow(256);
    ObjectNode json = payment();
    ObjectNode accepted = (ObjectNode) json.get("accepted");

    accepted.put("amount", tooMuch.subtract(BigInteger.ONE).toString());
    assertThat(PaymentPayload.parse(json).accepted().amount().bitLength()).isEqualTo(256);
    accepted.put("amount", tooMuch.toString());
    assertThatThrownBy(() -> PaymentPayload.parse(json)).hasMessageContaining("256 bits");
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(() -> PaymentPayload.parse(payment().put("x402Version", 1)))
        .hasMessageContaining("x402Version");
  }

  @Test
  void anOfferIsAcceptedWithAdditionsButNotWithChanges() {
    PaymentRequirements offer = PaymentRequirements.parse(payment().get("accepted"));
    ObjectNode added = offer.toJson();
    ((ObjectNode) added.get("extra")).put("note", "client");
    ObjectNode altered = offer.toJson();
    ((ObjectNode) altered.get("extra")).put("name", "Fake");
    ObjectNode cheaper = offer.toJson().put("amount", "1");

    assertThat(offer.isAcceptedAs(PaymentRequirements.parse(added))).isTrue();
    assertThat(offer.isAcceptedAs(PaymentRequirements.parse(altered))).isFalse();
    assertThat(offer.isAcceptedAs(PaymentRequirements.parse(cheaper))).isFalse();
  }

  @Test
  void theFormOfANumberInAnOfferDoesNotMatter() {
    PaymentRequirements parsed = PaymentRequirements.parse(payment().get("accepted"));
    ObjectNode ours = parsed.toJson();
    ((ObjectNode) ours.get("extra")).put("days", 7L);
    ObjectNode theirs = parsed.toJson();
    ((ObjectNode) theirs.get("extra")).put("days", 7);

    assertThat(PaymentRequirements.parse(ours).isAcceptedAs(PaymentRequirements.parse(theirs)))
        .isTrue();
  }

  @Test
  void damagedHeadersAreRefusedAndNothingElse() {
    Random random = new Random(SEED);
    byte[] golden = Base64.getDecoder().decode(GoldenVectors.header("payment"));
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = golden.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      String header = Base64.getEncoder().encodeToString(damaged);
      try {
        ExactEvmPayload.parse(PaymentHeaders.decode(header, PaymentPayload::parse).payload());
      } catch (WireFormatException expected) {
        refused++;
      }
    }
    assertThat(refused).as("seed %d", SEED).isBetween(1, ROUNDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x", "0x1", "0xzz", "1234"})
  void aSignatureIsBytesInHexadecimal(String signature) {
    ObjectNode payload = ((ObjectNode) payment().get("payload")).put("signature", signature);

    assertThatThrownBy(() -> ExactEvmPayload.parse(payload))
        .isInstanceOf(WireFormatException.class);
  }

  @Test
  void aSignatureHasABound() {
    String longest = "0x" + "ab".repeat(ExactEvmPayload.MAX_SIGNATURE_BYTES);
    ObjectNode payload = (ObjectNode) payment().get("payload");

    assertThat(ExactEvmPayload.parse(payload.put("signature", longest)).signature())
        .isEqualTo(longest);
    assertThatThrownBy(() -> ExactEvmPayload.parse(payload.put("signature", longest + "ab")))
        .isInstanceOf(WireFormatException.class);
  }

  private static ObjectNode payment() {
    return (ObjectNode) GoldenVectors.json("payment").deepCopy();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
