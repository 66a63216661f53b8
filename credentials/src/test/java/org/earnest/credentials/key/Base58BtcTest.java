package org.earnest.credentials.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.multibase.Multibase;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base58BtcTest {
  private static final int LONGEST = 96;

  @Test
  void readsWhatTheLibraryWrites() {
    Random random = new Random(8);
    for (int length = 1; length <= LONGEST; length++) {
      for (int zeros = 0; zeros <= length; zeros += 3) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        Arrays.fill(bytes, 0, zeros, (byte) 0);
        String text = Multibase.BASE_58_BTC.encode(bytes);
        assertThat(Base58Btc.decode(text, length)).as(text).hasValue(bytes);
        assertThat(Base58Btc.decode(text, length + 1)).as(text).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"z1", "z11", "z2", "zz", "z1z", "z5Q", "z5R", "zJPwcyDCgEup", "z111zzzz"})
  void writesTheSameTextAgain(String text) {
    byte[] bytes = Base58Btc.decode(text).orElseThrow();
    assertThat(Base58Btc.encode(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "z",
        "1",
        "m2",
        "Z2",
        "z0",
        "zO",
        "zI",
        "zl",
        "z2 ",
        " z2",
        "z2\n",
        "z+",
        "zé",
        "z2\u0132"
      })
  void refusesOtherLetters(String text) {
    assertThat(Base58Btc.decode(text)).isEmpty();
  }

  @Test
  void refusesWhatTakesLong() {
    assertThat(Base58Btc.decode("z" + "2".repeat(Base58Btc.MAX_TEXT))).isEmpty();
  }
}
