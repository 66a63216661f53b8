package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.kit.http.Readiness;
import org.junit.jupiter.api.Test;

class LogFollowerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final SimulatedChain chain = new SimulatedChain(0);
  private final InMemoryFollowStore store = new InMemoryFollowStore();

  @Test
  void isWaitedForWithoutSleeping() throws InterruptedException {
    chain.grow(10, 1);
    try (LogFollower follower = start()) {
      assertThat(follower.awaitBlock(10, PATIENCE)).isTrue();
      assertThat(store.logs()).hasSize(10);
      chain.grow(5, 1);
      assertThat(follower.awaitBlock(15, PATIENCE)).isTrue();
      assertThat(store.logs()).hasSize(15);
      assertThat(follower.progress().lag()).isEqualTo(Optional.of(0L));
      assertThat(follower.readiness()).isEqualTo(Readiness.ready());
    }
  }

  /** Without a question: its header passed by as it was judged. */
  @Test
  void theEndsOfRangesHaveTheirTimesFarBelowTheHeadAndNearIt() throws InterruptedException {
    chain.grow(3_000, 0);
    try (LogFollower follower = start()) {
      assertThat(follower.awaitBlock(3_000, PATIENCE)).isTrue();
      chain.grow(20, 0);
      assertThat(follower.awaitBlock(3_020, PATIENCE)).isTrue();
    }
    List<BlockRef> ends = store.recorded(Long.MAX_VALUE, Integer.MAX_VALUE);
    assertThat(ends).hasSizeGreaterThan(5);
    for (BlockRef end : ends.subList(0, ends.size() - 1)) {
      long time = chain.block(new BlockTag.Height(end.number())).orElseThrow().timestamp();
      assertThat(store.times()).containsEntry(end, time);
    }
  }

  /** The node knows a block before its logs. */
  @Test
  void losesNothingThatIsToldLate() throws InterruptedException {
    chain.grow(40, 0);
    try (LogFollower follower = start()) {
      assertThat(follower.awaitBlock(chain.head(), PATIENCE)).isTrue();
      for (int late = 0; late < 12; late++) {
        chain.tellTheNewestLate(late % LateLogs.ANSWERS);
        chain.grow(1 + late % 3, 1);
        assertThat(follower.awaitBlock(chain.head(), PATIENCE)).isTrue();
        assertThat(store.logs())
            .as("%d answers too early", late % LateLogs.ANSWERS)
            .isEqualTo(chain.allLogs());
      }
    }
  }

  @Test
  void isNotHeldUpByHeadersThatSpeakOfWhatIsNotThere() throws InterruptedException {
    chain.speakOfEverybody();
    try (LogFollower follower = start()) {
      for (int i = 0; i < 3; i++) {
        chain.grow(LateLogs.BLOCKS, 0);
        chain.grow(1, 1);
        assertThat(follower.awaitBlock(chain.head(), PATIENCE)).isTrue();
        assertThat(store.logs()).isEqualTo(chain.allLogs());
      }
    }
  }

  @Test
  void isWaitedForByBlockThroughReorganisations() throws InterruptedException {
    chain.grow(20, 1);
    try (LogFollower follower = start()) {
      assertThat(follower.awaitBlock(chain.head(), PATIENCE)).isTrue();
      for (int shorter = 1; shorter <= 5; shorter++) {
        chain.drop(4);
        chain.grow(4 - shorter % 2, 1);
        assertThat(follower.awaitBlock(chain.head(), PATIENCE)).isTrue();
        assertThat(follower.progress().cursor()).isEqualTo(Optional.of(chain.head()));
        assertThat(store.logs()).isEqualTo(chain.allLogs());
      }
    }
  }

  /** What is told of the block that was read last, and of those before it, leaves it open. */
  @Test
  void isNotWaitedForByLooksThatDoNotFindWhatWasReadOnTheChain() throws InterruptedException {
    chain.grow(20, 1);
    try (LogFollower follower = start()) {
      assertThat(follower.awaitBlock(chain.head(), PATIENCE)).isTrue();
      for (Long untold : List.of(20L, 15L)) {
        SimulatedChain other = chain.fork();
        other.drop(5);
        other.grow(5, 1);
        chain.tellNothingOf(untold);
        chain.become(other);
        while (follower.progress().fault().isEmpty()) {
          assertThat(follower.awaitBlock(chain.head(), Duration.ofMillis(20)))
              .as("while block %d is not told", untold)
              .isFalse();
        }
        assertThat(follower.progress().fault().orElseThrow()).contains("still has block 20");
        assertThat(follower.readiness()).isInstanceOf(Readiness.NotReady.class);

        chain.tellNothingOf();
        assertThat(follower.awaitBlock(chain.head(), PATIENCE)).isTrue();
        assertThat(follower.readiness()).isEqualTo(Readiness.ready());
        assertThat(store.logs()).isEqualTo(chain.allLogs());
      }
    }
  }

  @Test
  void tellsAWaiterThatItsPatienceEnded() throws InterruptedException {
    try (LogFollower follower = start()) {
      assertThat(follower.awaitBlock(1, Duration.ofMillis(50))).isFalse();
    }
  }

  @Test
  void stopsWaitersAndReadinessWhenItStops() throws InterruptedException {
    chain.grow(200, 1);
    try (LogFollower follower = start()) {
      assertThat(follower.awaitBlock(200, PATIENCE)).isTrue();
      chain.drop(180);
      chain.grow(300, 1);
      assertThat(follower.awaitBlock(320, PATIENCE)).isFalse();
      assertThat(follower.readiness())
          .isInstanceOfSatisfying(
              Readiness.NotReady.class,
              not -> assertThat(not.reason()).contains("more than 32 blocks").contains("--fresh"));
    }
  }

  @Test
  void saysThatTheNodeIsBehindAndKeepsWhatItHas() throws InterruptedException {
    chain.grow(100, 1);
    try (LogFollower follower = start()) {
      assertThat(follower.awaitBlock(100, PATIENCE)).isTrue();
      SimulatedChain all = chain.fork();
      chain.drop(50);
      while (follower.progress().fault().isEmpty()) {
        assertThat(follower.awaitBlock(chain.head(), Duration.ofMillis(20)))
            .as("not by a look at a chain that it is not on")
            .isFalse();
      }
      assertThat(follower.readiness())
          .isEqualTo(
              Readiness.notReady(
                  "the node is behind: its newest block is 50, and 100 was read already"));
      assertThat(store.logs()).isEqualTo(all.allLogs());

      chain.become(all);
      chain.grow(1, 1);
      assertThat(follower.awaitBlock(chain.head(), PATIENCE)).isTrue();
      assertThat(follower.readiness()).isEqualTo(Readiness.ready());
      assertThat(follower.halted()).isEmpty();
      assertThat(store.logs()).isEqualTo(chain.allLogs());
    }
  }

  @Test
  void saysWhichBlockIsRefusedAndGoesOnOnceItIsGiven() throws InterruptedException {
    chain.grow(20, 1);
    chain.grow(1, 3);
    chain.refuseAnswersAbove(2);
    try (LogFollower follower = start()) {
      while (follower.progress().fault().isEmpty()) {
        assertThat(follower.awaitBlock(21, Duration.ofMillis(20))).isFalse();
      }
      assertThat(follower.progress().fault().orElseThrow()).contains("the logs of block 21: ");
      assertThat(follower.readiness()).isInstanceOf(Readiness.NotReady.class);

      chain.refuseAnswersAbove(3);
      assertThat(follower.awaitBlock(21, PATIENCE)).isTrue();
      assertThat(follower.readiness()).isEqualTo(Readiness.ready());
      assertThat(follower.halted()).isEmpty();
      assertThat(store.logs()).isEqualTo(chain.allLogs());
    }
  }

  @Test
  void asksEverMoreRarelyForWhatIsRefusedButDoesAsk() {
    assertThat(Pace.afterRefusals(1)).isEqualTo(Pace.RETRY_INTERVAL);
    assertThat(Pace.afterRefusals(3)).isEqualTo(Pace.RETRY_INTERVAL.multipliedBy(4));
    assertThat(Pace.afterRefusals(Integer.MAX_VALUE)).isEqualTo(Pace.MAX_RETRY_INTERVAL);
  }

  @Test
  void looksSoonAgainForAHeadThatTheNodeDoesNotHaveYet() {
    Duration interval = FollowSettings.DEFAULT_POLL_INTERVAL;
    assertThat(Pace.atRest(interval, true, 0)).isEqualTo(FollowSettings.LISTENING_INTERVAL);
    assertThat(Pace.atRest(interval, true, 1)).isEqualTo(interval);
    assertThat(Pace.atRest(interval, false, 0)).isEqualTo(interval);

    int looks = Pace.LOOKS_FOR_TOLD;
    for (int look = 0; look < Pace.LOOKS_FOR_TOLD; look++) {
      assertThat(looks).isPositive();
      looks = Pace.looksLeft(looks, false);
    }
    assertThat(looks).isZero();
    assertThat(Pace.looksLeft(Pace.LOOKS_FOR_TOLD, true)).isEqualTo(1);
  }

  @Test
  void isNotReadyAfterAnErrorOfTheMachine() throws InterruptedException {
    chain.grow(5, 1);
    chain.beforeLogs(
        1,
        () -> {
          throw new OutOfMemoryError("of the test");
        });
    try (LogFollower follower = start()) {
      assertThat(follower.awaitBlock(5, PATIENCE)).isFalse();
      assertThat(follower.halted()).isPresent();
      assertThat(follower.readiness()).isInstanceOf(Readiness.NotReady.class);
    }
  }

  @Test
  void doesNotStartOnAnotherChain() {
    chain.grow(1, 1);
    start().close();
    assertThatThrownBy(
            () -> LogFollower.start("test", new SimulatedChain(9_000), store, settings()).close())
        .isInstanceOf(FollowHaltedException.class);
  }

  private LogFollower start() {
    return LogFollower.start("test", chain, store, settings());
  }

  private static FollowSettings settings() {
    return FollowSettings.of(Set.of(SimulatedChain.CONTRACT)).withHorizon(32);
  }
}
