package org.earnest.bindings.eip712;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.earnest.core.deal.DealTerms;
import org.junit.jupiter.api.Test;

final class TermsBytesTest {
  private static final long SEED = 13 * 19;

  @Test
  void whatIsWrittenIsReadBack() {
    RandomTerms random = new RandomTerms(SEED);
    for (int legs = 1; legs <= DealTerms.MAX_LEGS; legs++) {
      DealTerms terms = random.next(legs);
      assertThat(TermsBytes.decode(TermsBytes.encode(terms))).isEqualTo(terms);
    }
  }

  @Test
  void everyOtherLengthIsRefused() {
    byte[] bytes = TermsBytes.encode(new RandomTerms(SEED).next(2));
    for (int length = 0; length < bytes.length; length++) {
      if (length == 32 * (13 + 19)) {
        continue;
      }
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> TermsBytes.decode(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    byte[] tooMany = new byte[32 * (13 + 19 * (DealTerms.MAX_LEGS + 1))];
    assertThatThrownBy(() -> TermsBytes.decode(tooMany))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void membersOutOfTheirRangeAreRefused() {
    byte[] bytes = TermsBytes.encode(new RandomTerms(SEED).next(1));
    // The words that are neither bytes32 nor uint256, by their place in the head and in the leg.
    int[] narrow = {0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 18, 19, 20, 21, 22, 23, 25, 27};
    for (int word : narrow) {
      byte[] dirty = bytes.clone();
      dirty[word * 32] = 1;
      assertThatThrownBy(() -> TermsBytes.decode(dirty))
          .as("word %d", word)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
