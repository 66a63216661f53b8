package org.earnest.bindings.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BatchSizeTest {
  private static final int SOON = BatchSize.ANSWERS_UNTIL_MORE;

  private final BatchSize size = new BatchSize();

  @Test
  void isHalvedDownToOne() {
    for (int most : new int[] {50, 25, 12, 6, 3, 1, 1}) {
      assertThat(size.refused(size.most())).isEqualTo(most);
    }
  }

  @Test
  void isNotRaisedByARefusalThatComesLate() {
    size.refused(10);
    assertThat(size.refused(100)).isEqualTo(5);
  }

  @Test
  void growsBackAfterAnswers() {
    size.refused(BatchSize.MOST);
    size.refused(50);
    answer(SOON - 1);
    assertThat(size.most()).isEqualTo(25);
    answer(1);
    assertThat(size.most()).isEqualTo(50);
    answer(SOON);
    assertThat(size.most()).isEqualTo(BatchSize.MOST);
    answer(10 * SOON);
    assertThat(size.most()).isEqualTo(BatchSize.MOST);
  }

  @Test
  void isTriedEverMoreRarelyWhereMoreIsRefused() {
    size.refused(2);
    for (int until = SOON; until <= BatchSize.MOST_ANSWERS_UNTIL_MORE; until *= 2) {
      assertRefusedAfter(until);
    }
    assertRefusedAfter(BatchSize.MOST_ANSWERS_UNTIL_MORE);
    assertRefusedAfter(BatchSize.MOST_ANSWERS_UNTIL_MORE);
  }

  @Test
  void isTriedSoonAgainOnceMoreWasTaken() {
    size.refused(2);
    assertRefusedAfter(SOON);
    assertRefusedAfter(2 * SOON);
    answer(4 * SOON);
    size.answered(2);
    size.refused(2);

    assertRefusedAfter(SOON);
  }

  @Test
  void isHalvedByRefusalsInARowThatNobodyExplains() {
    for (int i = 1; i < BatchSize.UNEXPLAINED_UNTIL_REFUSED; i++) {
      assertThat(size.refusedUnexplained(BatchSize.MOST)).isEmpty();
    }
    for (int most : new int[] {50, 25, 12, 6, 3, 1, 1}) {
      assertThat(size.refusedUnexplained(size.most())).hasValue(most);
    }
    answer(SOON);
    assertThat(size.refusedUnexplained(2)).hasValue(1);
  }

  @Test
  void isNotHalvedByThoseBetweenWhichSomethingElseHappened() {
    for (int i = 0; i < 2 * BatchSize.UNEXPLAINED_UNTIL_REFUSED; i++) {
      assertThat(size.refusedUnexplained(BatchSize.MOST)).isEmpty();
      if (i % 2 == 0) {
        size.answered(2);
      } else {
        size.inTrouble();
      }
    }
    assertThat(size.most()).isEqualTo(BatchSize.MOST);
  }

  private void assertRefusedAfter(int answers) {
    answer(answers - 1);
    assertThat(size.most()).isEqualTo(1);
    answer(1);
    assertThat(size.most()).isEqualTo(2);
    size.refused(2);
  }

  private void answer(int times) {
    for (int i = 0; i < times; i++) {
      size.answered(1);
    }
  }
}
