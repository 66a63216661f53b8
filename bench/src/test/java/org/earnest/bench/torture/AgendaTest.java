package org.earnest.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.earnest.bench.engine.KillPoint;
import org.earnest.bench.engine.Orders.Trap;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private static final Kill POINT = new Kill.AtPoint(new Trap(KillPoint.BROADCAST, 2, true));
  private static final Kill AT_FIRST_PASS =
      new Kill.AtPoint(new Trap(KillPoint.BROADCAST, 0, true));

  @Test
  void whatCameLateIsTriedAgainAtTheEndAndAtTheFirstPass() {
    Agenda agenda = new Agenda(kills(2 * Agenda.LATE_ONE_IN - 1));
    Kill first = agenda.next();

    assertThat(agenda.tryAgain(POINT)).isTrue();

    Kill last = first;
    while (!agenda.isDone()) {
      last = agenda.next();
    }
    assertThat(last).isEqualTo(AT_FIRST_PASS);
  }

  @Test
  void noMoreThanOneOfTenIsTriedAgain() {
    Agenda agenda = new Agenda(kills(2 * Agenda.LATE_ONE_IN));

    assertThat(agenda.tryAgain(agenda.next())).isTrue();
    assertThat(agenda.tryAgain(agenda.next())).isTrue();
    assertThat(agenda.tryAgain(agenda.next())).isFalse();
    assertThat(agenda.left()).isEqualTo(2 * Agenda.LATE_ONE_IN - 1);
  }

  @Test
  void aShortRunTriesNothingAgain() {
    assertThat(new Agenda(kills(Agenda.LATE_ONE_IN - 1)).tryAgain(POINT)).isFalse();
  }

  private static List<Kill> kills(int number) {
    return IntStream.range(0, number)
        .mapToObj(kill -> (Kill) new Kill.AtInstant(Duration.ofMillis(kill)))
        .toList();
  }
}
