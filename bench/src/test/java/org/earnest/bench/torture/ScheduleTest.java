package org.earnest.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.earnest.bench.engine.KillPoint;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long SEED = 7;

  @Test
  void aSeedIsOneScheduleAndAnotherSeedAnother() {
    assertThat(Schedule.of(SEED, 200)).isEqualTo(Schedule.of(SEED, 200)).hasSize(200);
    assertThat(Schedule.of(SEED, 200)).isNotEqualTo(Schedule.of(SEED + 1, 200));
  }

  @Test
  void aLongerRunBeginsAsAShorterOne() {
    assertThat(Schedule.of(SEED, 200).subList(0, 50)).isEqualTo(Schedule.of(SEED, 50));
  }

  @Test
  void fiftyKillsMeetEveryPoint() {
    for (long seed = 0; seed < 100; seed++) {
      Map<KillPoint, Integer> met = new EnumMap<>(KillPoint.class);
      for (Kill kill : Schedule.of(seed, 50)) {
        if (kill instanceof Kill.AtPoint at) {
          met.merge(at.trap().point(), 1, Integer::sum);
        }
      }
      assertThat(met).as("seed %d", seed).containsOnlyKeys(KillPoint.values());
    }
  }

  @Test
  void assignmentsRepeatAndAskAgainForWhatIsNotSettled() {
    assertThat(lives(new Assignments(SEED))).isEqualTo(lives(new Assignments(SEED)));

    Assignments assignments = new Assignments(SEED);
    assertThat(assignments.leftovers(Set.of())).isEmpty();
    assertThat(assignments.next()).containsOnly(0, 1, 2);
    assertThat(assignments.leftovers(Set.of(0, 2))).containsExactly(1);
    assertThat(assignments.next()).contains(3, 4, 5);
  }

  private static List<List<Integer>> lives(Assignments assignments) {
    return IntStream.range(0, 30).mapToObj(life -> assignments.next()).toList();
  }
}
