package org.earnest.reputation.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.core.chain.ChainUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimeTurnsTest {
  private static final TimeSpan SINCE = new TimeSpan(Optional.of(1L), Optional.empty());

  @Test
  void aSlowNodeKeepsFewConnectionsAndNobodyWhoAsksForNoTime() throws Exception {
    TimeTurns turns = new TimeTurns(Duration.ofMillis(10));
    CountDownLatch begun = new CountDownLatch(TimeTurns.MAX_AT_ONCE);
    CountDownLatch told = new CountDownLatch(1);
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> slow = new ArrayList<>();
      for (int i = 0; i < TimeTurns.MAX_AT_ONCE; i++) {
        slow.add(readers.submit(() -> turns.read(SINCE, () -> waiting(begun, told))));
      }
      begun.await();
      assertThatThrownBy(() -> turns.read(SINCE, () -> 2))
          .isInstanceOf(ChainUnavailableException.class);
      assertThat(turns.read(TimeSpan.ALWAYS, () -> 3)).isEqualTo(3);
      told.countDown();
      for (Future<Integer> one : slow) {
        assertThat(one.get()).isEqualTo(1);
      }
      assertThat(turns.read(SINCE, () -> 4)).isEqualTo(4);
    }
  }

  private static int waiting(CountDownLatch begun, CountDownLatch told) {
    begun.countDown();
    try {
      told.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    return 1;
  }
}
