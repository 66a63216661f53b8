package org.earnest.credentials.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnchorAttemptsTest {
  private static final UUID LIST = new UUID(0, 1);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final AnchorAttempts attempts = new AnchorAttempts();

  @Test
  void aVersionIsTriedEverMoreRarely() {
    Instant now = NOW;
    Duration wait = AnchorAttempts.FIRST_WAIT;
    for (int i = 0; i < 10; i++) {
      assertThat(attempts.begin(LIST, 1, now)).isTrue();
      assertThat(attempts.begin(LIST, 1, now.plus(wait).minusMillis(1))).isFalse();
      now = now.plus(wait);
      wait = wait.multipliedBy(2);
      wait = wait.compareTo(AnchorAttempts.LONGEST_WAIT) < 0 ? wait : AnchorAttempts.LONGEST_WAIT;
    }
    assertThat(wait).isEqualTo(AnchorAttempts.LONGEST_WAIT);
  }

  @Test
  void aNewVersionAndAnotherListAreTriedAtOnce() {
    assertThat(attempts.begin(LIST, 1, NOW)).isTrue();
    assertThat(attempts.begin(LIST, 2, NOW)).isTrue();
    assertThat(attempts.begin(LIST, 1, NOW)).isFalse();
    assertThat(attempts.begin(new UUID(0, 2), 1, NOW)).isTrue();
  }
}
