package org.earnest.reputation.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class LooksTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicInteger ended = new AtomicInteger();

  @Test
  void letsNoSlowHostHoldUpOthers() throws Exception {
    try (Looks looks = new Looks()) {
      for (int i = 0; i < Looks.PER_HOST; i++) {
        assertThat(looks.begin("slow " + i, "slow.example", this::waits)).isTrue();
      }
      assertThat(looks.busy()).containsExactly("slow.example");
      assertThat(looks.begin("slow too", "slow.example", this::waits)).isFalse();

      int others = 10 * Looks.CONCURRENCY;
      for (int i = 0; i < others; i++) {
        assertThat(looks.begin("file " + i, "", this::counts)).isTrue();
      }
      await().atMost(PATIENCE).until(() -> ended.get() == others);

      answer.countDown();
      await().atMost(PATIENCE).until(() -> looks.busy().isEmpty());
      assertThat(looks.begin("slow too", "slow.example", this::counts)).isTrue();
    }
  }

  @Test
  void takesNoFileTwiceBeforeItIsAskedForAnew() throws Exception {
    try (Looks looks = new Looks()) {
      assertThat(looks.begin("file", "some.example", this::counts)).isTrue();
      await().atMost(PATIENCE).until(() -> ended.get() == 1);
      assertThat(looks.begin("file", "some.example", this::counts)).isFalse();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                looks.busy();
                return looks.begin("file", "some.example", this::counts);
              });
    }
  }

  @Test
  void leavesWhatFailedToTheNextRound() throws Exception {
    BooleanSupplier fails = () -> ended.incrementAndGet() < 0;
    try (Looks looks = new Looks()) {
      assertThat(looks.begin("file", "some.example", fails)).isTrue();
      await().atMost(PATIENCE).until(() -> ended.get() == 1);
      looks.busy();
      assertThat(looks.begin("file", "some.example", fails)).isFalse();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                looks.forgive();
                return looks.begin("file", "some.example", fails);
              });
    }
  }

  @Test
  void leavesTheGatewayAllButTheLastPlaces() throws Exception {
    try (Looks looks = new Looks()) {
      for (int i = 0; i < Looks.OF_GATEWAY; i++) {
        assertThat(looks.begin("file " + i, Looks.GATEWAY, this::waits)).isTrue();
      }
      assertThat(looks.begin("file too", Looks.GATEWAY, this::waits)).isFalse();
      assertThat(looks.begin("another", "some.example", this::counts)).isTrue();
    }
  }

  @Test
  void tellsAtOnceThatAPlaceIsFree() throws Exception {
    try (Looks looks = new Looks()) {
      assertThat(looks.awaitEnd(PATIENCE)).isFalse();
      assertThat(looks.begin("slow", "slow.example", this::waits)).isTrue();
      looks.busy();
      assertThat(looks.awaitEnd(Duration.ofMillis(1))).isTrue();
      answer.countDown();
      assertThat(looks.awaitEnd(PATIENCE)).isTrue();
      looks.busy();
      assertThat(looks.awaitEnd(PATIENCE)).isFalse();
    }
  }

  @Test
  void beginsNothingAfterTheClose() throws Exception {
    Looks looks = new Looks();
    looks.close();
    for (int i = 0; i <= Looks.CONCURRENCY; i++) {
      assertThat(looks.begin("file " + i, "", this::counts)).isFalse();
    }
  }

  private boolean counts() {
    ended.incrementAndGet();
    return true;
  }

  private boolean waits() {
    try {
      answer.await();
      return true;
    } catch (InterruptedException closing) {
      return false;
    }
  }
}
