package org.earnest.kit.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  record Sample(String text, int count, Optional<BigInteger> amount) {}

  @Test
  void readsARecordAndWritesWithoutAbsentMembers() {
    Sample sample =
        StrictJson.read(bytes("{\"text\":\"a\",\"count\":3,\"other\":[]}"), Sample.class);
    assertThat(sample).isEqualTo(new Sample("a", 3, Optional.empty()));
    assertThat(new String(StrictJson.write(sample), UTF_8))
        .isEqualTo("{\"text\":\"a\",\"count\":3}");
  }

  @Test
  void keepsLargeIntegersWhole() {
    String digits =
        "115792089237316195423570985008687907853269984665640564039457584007913129639935";
    Sample sample = StrictJson.read(bytes("{\"amount\":" + digits + "}"), Sample.class);
    assertThat(sample.amount()).contains(new BigInteger(digits));
    assertThat(StrictJson.readTree(bytes(digits)).bigIntegerValue()).isEqualTo(digits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"b\":{\"a\":1,\"a\":2}}",
        "[{\"a\":1,\"a\":2}]",
        "1 2",
        "{} {}",
        "",
        " ",
        "[1,]",
        "{a:1}",
        "{'a':1}",
        "// c\n1",
        "NaN",
        "01",
        "+1",
        "\"\u0001\"",
        "[",
        "tru",
        "\uFEFF\uFEFF1"
      })
  void refusesWhatIsNotStrict(String text) {
    assertThatThrownBy(() -> StrictJson.readTree(bytes(text)))
        .isInstanceOf(JsonRefusedException.class);
  }

  @Test
  void refusesDepthSizeAndNumbersBeyondTheirBounds() {
    String deep = "[".repeat(StrictJson.MAX_DEPTH + 1) + "]".repeat(StrictJson.MAX_DEPTH + 1);
    String longText = "\"" + "a".repeat(StrictJson.MAX_STRING_CHARS + 1) + "\"";
    String longNumber = "1".repeat(StrictJson.MAX_NUMBER_CHARS + 1);
    String longName = "{\"" + "n".repeat(StrictJson.MAX_NAME_CHARS + 1) + "\":1}";
    for (String text : new String[] {deep, longText, longNumber, longName}) {
      assertThatThrownBy(() -> StrictJson.readTree(bytes(text)))
          .as(text.substring(0, 10))
          .isInstanceOf(JsonRefusedException.class)
          .hasMessageContaining("bound");
    }
  }

  @Test
  void readsUpToTheBounds() {
    String deep = "[".repeat(StrictJson.MAX_DEPTH) + "]".repeat(StrictJson.MAX_DEPTH);
    assertThat(StrictJson.readTree(bytes(deep)).isArray()).isTrue();
    assertThat(StrictJson.readTree(bytes("1".repeat(StrictJson.MAX_NUMBER_CHARS))).isNumber())
        .isTrue();
  }

  @Test
  void endsEveryMutationWithAValueOrARefusal() {
    long seed = 20261121;
    Random random = new Random(seed);
    byte[] base =
        bytes("{\"text\":\"a\\u00e9\",\"count\":3,\"amount\":12,\"x\":[true,null,{\"y\":-1.5e3}]}");
    for (int i = 0; i < 20_000; i++) {
      byte[] mutated = base.clone();
      for (int j = 0; j <= random.nextInt(3); j++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(StrictJson.read(mutated, Sample.class)).as("seed %d", seed).isNotNull();
      } catch (JsonRefusedException refused) {
        assertThat(refused.getMessage()).as("seed %d", seed).doesNotContain("org.earnest");
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
