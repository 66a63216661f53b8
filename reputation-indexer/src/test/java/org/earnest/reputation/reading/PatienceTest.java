package org.earnest.reputation.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void pausesGrowAndEnd() {
    Duration before = Duration.ZERO;
    for (int attempts = 1; attempts < Patience.MAX_ATTEMPTS; attempts++) {
      Duration pause = Duration.between(NOW, Patience.afterFailure(NOW, attempts).orElseThrow());
      assertThat(pause).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(Duration.ofHours(6));
      before = pause;
    }
    assertThat(before).isEqualTo(Duration.ofHours(6));
    assertThat(Patience.afterFailure(NOW, Patience.MAX_ATTEMPTS)).isEmpty();
  }

  @Test
  void registrationFilesAreLookedAtSoonAtFirstAndForEver() {
    assertThat(Patience.refreshed(NOW, 1)).isEqualTo(NOW.plusSeconds(15));
    assertThat(Patience.refreshed(NOW, 2)).isEqualTo(NOW.plusSeconds(60));
    assertThat(Patience.refreshed(NOW, 1_000_000)).isEqualTo(NOW.plus(Patience.REFRESH));
  }
}
