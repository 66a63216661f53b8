package org.earnest.credentials.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.earnest.credentials.status.Statuses.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusesTest {
  @Test
  void theFirstOfABitstringIsTheLeftmostBit() {
    Statuses list = Statuses.zeros(Order.LEFT_FIRST, 1, 16);
    list.set(0, 1);
    list.set(9, 1);
    assertThat(list.bytes()).containsExactly(0b1000_0000, 0b0100_0000);
  }

  /** The example of one and of two bits in the Token Status List draft, §4.1. */
  @Test
  void theFirstOfATokenListIsTheRightmostBit() {
    Statuses bits = Statuses.zeros(Order.RIGHT_FIRST, 1, 16);
    int[] ones = {1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1};
    for (int i = 0; i < ones.length; i++) {
      bits.set(i, ones[i]);
    }
    assertThat(bits.bytes()).containsExactly(0xb9, 0xa3);
    Statuses pairs = Statuses.zeros(Order.RIGHT_FIRST, 2, 12);
    int[] values = {1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3};
    for (int i = 0; i < values.length; i++) {
      pairs.set(i, values[i]);
    }
    assertThat(pairs.bytes()).containsExactly(0xc9, 0x44, 0xf9);
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void whatWasSetIsRead(Order order) {
    Random random = new Random(7);
    for (int bits = 1; bits <= Statuses.MAX_BITS; bits++) {
      Statuses list = Statuses.zeros(order, bits, 100);
      int[] values = random.ints(100, 0, 1 << bits).toArray();
      for (int i = 0; i < values.length; i++) {
        list.set(i, (1 << bits) - 1);
        list.set(i, values[i]);
      }
      for (int i = 0; i < values.length; i++) {
        assertThat(list.get(i)).isEqualTo(values[i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 16, Long.MAX_VALUE})
  void nothingIsBeyondTheList(long index) {
    Statuses list = Statuses.zeros(Order.LEFT_FIRST, 1, 16);
    assertThatThrownBy(() -> list.get(index)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @CsvSource({"1,2", "2,4", "8,256", "1,-1"})
  void aValueThatHasNoRoomIsRefused(int bits, int value) {
    Statuses list = Statuses.zeros(Order.LEFT_FIRST, bits, 16);
    assertThatThrownBy(() -> list.set(0, value)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void compressionGivesBackWhatItTook(Compression compression) {
    byte[] list = new byte[Compression.MAX_BYTES];
    new Random(3).nextBytes(list);
    java.util.Arrays.fill(list, 20_000, list.length, (byte) 0);
    assertThat(compression.read(compression.write(list))).contains(list);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aBombIsNoList(Compression compression) {
    String bomb = compression.write(new byte[64 << 20]);
    assertThat(bomb.length()).isLessThan(Compression.MAX_TEXT);
    assertThat(compression.read(bomb)).isEmpty();
    assertThat(compression.read(compression.write(new byte[Compression.MAX_BYTES + 1]))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void whatIsNotCompressedIsNoList(Compression compression) {
    assertThat(compression.read("AAAA")).isEmpty();
    assertThat(compression.read("")).isEmpty();
    assertThat(compression.read("*")).isEmpty();
    String whole = compression.write(new byte[1000]);
    assertThat(compression.read(whole.substring(0, whole.length() - 12))).isEmpty();
    assertThat(compression.read("A".repeat(Compression.MAX_TEXT + 1))).isEmpty();
  }
}
