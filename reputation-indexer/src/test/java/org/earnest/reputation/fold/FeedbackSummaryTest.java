package org.earnest.reputation.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import org.earnest.reputation.fold.FeedbackSummary.Entry;
import org.junit.jupiter.api.Test;

class FeedbackSummaryTest {
  @Test
  void averagesInTheDecimalsThatMostEntriesUse() {
    assertThat(FeedbackSummary.of(List.of(entry(90, 0), entry(855, 1), entry(100, 0))))
        .isEqualTo(new FeedbackSummary(3, BigInteger.valueOf(91), 0));
  }

  @Test
  void takesTheFewestDecimalsOnATieAndRoundsTowardsZero() {
    assertThat(FeedbackSummary.of(List.of(entry(-3, 0), entry(-40, 1))))
        .isEqualTo(new FeedbackSummary(2, BigInteger.valueOf(-3), 0));
  }

  @Test
  void isNothingOfNothing() {
    assertThat(FeedbackSummary.of(List.of())).isEqualTo(new FeedbackSummary(0, BigInteger.ZERO, 0));
  }

  @Test
  void staysWithinInt128() {
    BigInteger max = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);
    BigInteger huge = BigInteger.TEN.pow(38);
    assertThat(
            FeedbackSummary.of(
                    List.of(new Entry(huge, 0), new Entry(BigInteger.ONE, 18), entry(1, 18)))
                .value())
        .isEqualTo(max);
  }

  @Test
  void refusesWhatTheContractCouldNotHold() {
    assertThatIllegalArgumentException().isThrownBy(() -> entry(1, 19));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Entry(BigInteger.ONE.shiftLeft(127), 0));
  }

  private static Entry entry(long value, int decimals) {
    return new Entry(BigInteger.valueOf(value), decimals);
  }
}
