package org.earnest.bindings.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.earnest.bindings.call.CallBatchCalls.Item;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallBatchCallsTest {
  private static final int WORD = 64;
  private static final int SELECTOR = 10;

  private static Item item(Random random, int bytes) {
    EvmAddress to = new EvmAddress("0x%040x".formatted(new BigInteger(160, random)));
    String data = "0x" + "a5".repeat(bytes);
    return new Item(new ChainCall(to, data), new BigInteger(64, random));
  }

  private static String execute(List<Item> items) {
    return new CallBatchCalls(EvmAddress.ZERO).execute(items).data();
  }

  @Test
  void whatWasWrittenIsReadAgain() {
    Random random = new Random(7);
    for (int count = 1; count <= CallBatchCalls.MAX_ITEMS; count += 9) {
      List<Item> items = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        items.add(item(random, random.nextInt(100)));
      }
      String data = execute(items);

      assertThat(CallBatchCalls.isExecute(data)).isTrue();
      assertThat(CallBatchCalls.items(data)).contains(items);
      assertThat(CallBatchCalls.size(data)).isEqualTo(count);
    }
  }

  /** No other writing is read, be it cut, longer, or with a word that is not as it should be. */
  @Test
  void anyOtherWritingIsNotRead() {
    Random random = new Random(8);
    String data = execute(List.of(item(random, 4), item(random, 40)));

    for (int length = 0; length < data.length(); length++) {
      assertThat(CallBatchCalls.items(data.substring(0, length))).isEmpty();
    }
    assertThat(CallBatchCalls.items(data + "00")).isEmpty();
    assertThat(CallBatchCalls.items(data + "0".repeat(WORD))).isEmpty();
    for (String word :
        List.of("0".repeat(63) + "3", "f".repeat(WORD), "0".repeat(56) + "7fffffff")) {
      for (int at = SELECTOR; at < data.length(); at += WORD) {
        String other = data.substring(0, at) + word + data.substring(at + WORD);
        // A length of three instead of four would read other calldata.
        assertThat(CallBatchCalls.items(other).map(CallBatchCallsTest::execute).orElse(other))
            .isEqualTo(other);
      }
    }
  }

  @Test
  void aBatchOfNothingOrOfTooManyIsNotRead() {
    String one = execute(List.of(item(new Random(9), 4)));
    String head = one.substring(0, SELECTOR + WORD);

    assertThat(CallBatchCalls.items(head + "0".repeat(WORD))).isEmpty();
    assertThat(CallBatchCalls.items(head + "%064x".formatted(65) + "0".repeat(WORD * 65)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x", "0xa9059cbb", "0xa9"})
  void otherCallsAreNoBatch(String data) {
    assertThat(CallBatchCalls.isExecute(data)).isFalse();
    assertThat(CallBatchCalls.items(data)).isEmpty();
  }
}
