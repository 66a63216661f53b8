package org.earnest.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void theNearestRankOfAHundred() {
    List<Duration> measured =
        IntStream.rangeClosed(1, 100).mapToObj(i -> Duration.ofMillis(101 - i)).toList();

    assertThat(Percentiles.of(measured))
        .isEqualTo(
            new Percentiles(
                100, Duration.ofMillis(50), Duration.ofMillis(99), Duration.ofMillis(100)));
  }

  @Test
  void ofOneItIsThatOneAndOfNoneZero() {
    Duration one = Duration.ofMillis(3);
    assertThat(Percentiles.of(List.of(one))).isEqualTo(new Percentiles(1, one, one, one));
    assertThat(Percentiles.of(List.of()))
        .isEqualTo(new Percentiles(0, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }
}
