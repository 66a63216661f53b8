package org.earnest.credentials.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignableJsonTest {
  private static final long SEED = 8785;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertRefused(byte[] json) {
    InvalidCredentialException refused =
        catchThrowableOfType(InvalidCredentialException.class, () -> SignableJson.read(json));
    assertThat(refused).as(new String(json, StandardCharsets.UTF_8)).isNotNull();
    assertThat(refused.refusal()).isEqualTo(CredentialRefusal.MALFORMED_JSON);
    assertThat(refused.detail()).isNotBlank();
  }

  private static String canonical(String json) throws InvalidCredentialException {
    return new String(
        SignableJson.canonicalize(SignableJson.read(utf8(json))), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "{",
        "{\"a\":1,\"a\":1}",
        "{\"b\":{\"a\":1,\"\\u0061\":2}}",
        "{} {}",
        "{}x",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":1,}",
        "{\"a\":/**/1}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udc00\":1}",
        "{\"a\":[{\"b\":\"x\\ud800y\"}]}",
        "{\"a\":\"line\nbreak\"}",
        "\uFEFF{}"
      })
  void refusesWhatReadersCouldReadInTwoWays(String json) {
    assertRefused(utf8(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740992",
        "-9007199254740992",
        "1e400",
        "-1e400",
        "1e-400",
        "1e21",
        "0.1000000000000000055511151231257827",
        "3.14159265358979323846",
        "333333333.33333329",
        "0.12345678901234567891"
      })
  void refusesNumbersThatADoubleDoesNotCarry(String number) {
    assertRefused(utf8("{\"n\":" + number + "}"));
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740991, 9007199254740991",
    "-0, 0",
    "-0.0, 0",
    "1.0, 1",
    "1e2, 100",
    "0.123456789012, 0.123456789012",
    "0.000001, 0.000001",
    "1e-7, 1e-7",
    "5e-324, 5e-324"
  })
  void writesNumbersAsEcmaScriptDoes(String number, String expected)
      throws InvalidCredentialException {
    assertThat(canonical("{\"n\":" + number + "}")).isEqualTo("{\"n\":" + expected + "}");
  }

  @Test
  void unequalNumbersNeverShareAForm() throws InvalidCredentialException {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      double number = random.nextDouble() * Math.pow(10, random.nextInt(12) - 6);
      String one = canonical("{\"n\":" + Double.toString(number) + "}");
      String next = canonical("{\"n\":" + Double.toString(Math.nextUp(number)) + "}");
      assertThat(one).as("seed %d, number %s", SEED, number).isNotEqualTo(next);
      assertThat(Double.parseDouble(one.substring(5, one.length() - 1))).isEqualTo(number);
    }
  }

  /** RFC 8785 §3.2.3: keys sort by UTF-16 code units. */
  @Test
  void sortsAndEscapesAsRfc8785Says() throws InvalidCredentialException {
    assertThat(
            canonical(
                """
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew",
                 "1": "One", "\\ud83d\\ude00": "Smiley", "\\u0080": "Control",
                 "\\u00f6": "o with diaeresis"}"""))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"\u00f6\":\"o with diaeresis\",\"\u20ac\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"Smiley\",\"\ufb33\":\"Hebrew\"}");
  }

  @Test
  void boundsDepthAndSize() throws InvalidCredentialException {
    int inner = SignableJson.MAX_DEPTH - 1;
    SignableJson.read(utf8("{\"a\":" + "[".repeat(inner) + "]".repeat(inner) + "}"));
    assertRefused(utf8("{\"a\":" + "[".repeat(inner + 1) + "]".repeat(inner + 1) + "}"));
    assertRefused(utf8("{\"a\":" + "[".repeat(100_000)));
    assertRefused(utf8("{\"a\":\"" + "x".repeat(SignableJson.MAX_BYTES) + "\"}"));
    assertRefused(utf8("{\"a\":" + "1".repeat(1_000) + "}"));
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    assertRefused(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xc0, (byte) 0x80, '"', '}'});
    assertRefused("{\"a\":1}".getBytes(StandardCharsets.UTF_16));
  }
}
