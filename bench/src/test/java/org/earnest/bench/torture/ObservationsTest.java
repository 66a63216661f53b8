package org.earnest.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ObservationsTest {
  private final Observations seen = new Observations();

  @Test
  void aRecoveryGoesFromTheKillToTheNextLifeThatReconciled() {
    seen.reconciled(5);
    seen.killed(10);
    seen.reconciled(13);
    seen.reconciled(20);

    assertThat(seen.recoveries()).containsExactly(Duration.ofNanos(3));
    assertThat(seen.recoveredRepeatedly()).isZero();
  }

  @Test
  void livesThatWereKilledBeforeTheyReconciledAddToIt() {
    seen.killed(10);
    seen.killed(20);
    seen.killed(30);
    seen.reconciled(33);
    seen.killed(40);
    seen.reconciled(41);

    assertThat(seen.recoveries()).containsExactly(Duration.ofNanos(23), Duration.ofNanos(1));
    assertThat(seen.recoveredRepeatedly()).isEqualTo(1);
  }
}
