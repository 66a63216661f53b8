package org.earnest.reputation.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private final Budget budget = new Budget(Duration.ofHours(1));

  @Test
  void refusesAnAnswerOfTooManyCharactersOnce() {
    assertThat(budget.answered(Bounds.MAX_CHARS)).isTrue();
    assertThat(budget.spent()).isEmpty();
    assertThat(budget.answered(1)).isFalse();
    assertThat(budget.answered(0)).isFalse();
    assertThat(budget.spent()).map(Refusal::code).contains("answer_too_large");
    assertThatThrownBy(budget::takeRead).isInstanceOf(Refusal.class);
  }

  @Test
  void letsTheNodeBeAskedForSoManyTimes() {
    assertThat(budget.takeTimes(Bounds.MAX_TIMES - 1)).isEqualTo(Bounds.MAX_TIMES - 1);
    assertThat(budget.takeTimes(5)).isEqualTo(1);
    assertThat(budget.takeTimes(5)).isZero();
    assertThat(budget.spent()).isEmpty();
  }

  @Test
  void hasNoTimeLeftAtItsEnd() {
    assertThat(budget.left()).isPositive();
    Budget none = new Budget(Duration.ofSeconds(-1));
    assertThat(none.left()).isNegative();
    assertThatThrownBy(none::takeRead)
        .isInstanceOfSatisfying(
            Refusal.class, why -> assertThat(why.code()).isEqualTo("query_timed_out"));
  }
}
