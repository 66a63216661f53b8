package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuestionsAtOnceTest {
  private final QuestionsAtOnce atOnce = new QuestionsAtOnce();

  @Test
  void areHalvedByEachLimitAndOneMoreAfterManyAnswers() {
    assertThat(atOnce.most()).isEqualTo(4);
    atOnce.limited();
    assertThat(atOnce.most()).isEqualTo(2);
    atOnce.limited();
    atOnce.limited();
    assertThat(atOnce.most()).isEqualTo(1);
    for (int more = 2; more <= 4; more++) {
      answer(QuestionsAtOnce.STEPS_UNTIL_MORE - 1);
      assertThat(atOnce.most()).isEqualTo(more - 1);
      answer(1);
      assertThat(atOnce.most()).isEqualTo(more);
    }
    answer(QuestionsAtOnce.STEPS_UNTIL_MORE);
    assertThat(atOnce.most()).isEqualTo(QuestionsAtOnce.MOST);
  }

  @Test
  void answersBeforeALimitDoNotCountAfterIt() {
    atOnce.limited();
    answer(QuestionsAtOnce.STEPS_UNTIL_MORE - 1);
    atOnce.limited();
    answer(QuestionsAtOnce.STEPS_UNTIL_MORE - 1);
    assertThat(atOnce.most()).isEqualTo(1);
  }

  private void answer(int steps) {
    for (int i = 0; i < steps; i++) {
      atOnce.answered();
    }
  }
}
