package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.kit.http.Readiness;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FollowStepTest {
  private static final int HORIZON = 32;
  private static final long SEED = 20261121;

  private final SimulatedChain chain = new SimulatedChain(0);
  private final InMemoryFollowStore store = new InMemoryFollowStore();

  /** Each look at the clock takes a tenth of a second. */
  private final AtomicLong clock = new AtomicLong();

  private final FollowStep step = step(HORIZON, () -> clock.addAndGet(100_000_000));

  @Test
  void readsEveryLogOnceHoweverLongTheChain() {
    chain.grow(5_000, 1);
    follow();
    assertThat(store.logs()).isEqualTo(chain.allLogs());
    assertThat(store.cursor()).isEqualTo(Optional.of(chain.head()));
  }

  @Test
  void holdsTheSameLogsAsTheChainThroughRandomReorganisations() {
    Random random = new Random(SEED);
    chain.grow(100, 2);
    for (int i = 0; i < 500; i++) {
      if (random.nextBoolean()) {
        chain.drop(1 + random.nextInt(HORIZON));
      }
      chain.grow(random.nextInt(HORIZON + 8), random.nextInt(3));
      if (random.nextInt(4) == 0) {
        int depth = 1 + random.nextInt(HORIZON / 2);
        chain.beforeLogs(
            1,
            () -> {
              chain.drop(depth);
              chain.grow(depth + random.nextInt(3), 1);
            });
      }
      follow();
      assertThat(store.logs()).as("seed %d, step %d", SEED, i).isEqualTo(chain.allLogs());
    }
  }

  /** Of two nodes behind one URL, one tells all but a block in between. */
  @Test
  void recordsNoBlockOfAnotherFork() {
    chain.grow(100, 1);
    follow();
    chain.grow(13, 0);
    SimulatedChain other = chain.fork();
    chain.grow(4, 0);
    other.grow(1, 0);
    other.grow(1, 1);
    other.grow(3, 0);
    chain.tellOnceBy(other, 116);
    follow();
    assertThat(store.cursor()).isEqualTo(Optional.of(chain.head()));

    chain.become(other);
    follow();
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  @Test
  void takesNoLogsOfAnotherForkWhoseNodeAlsoTellsTheirBlocks() {
    chain.grow(100, 1);
    follow();
    chain.grow(3, 0);
    SimulatedChain other = chain.fork();
    for (SimulatedChain node : List.of(chain, other)) {
      node.grow(3, 1);
      node.grow(1, 0);
    }
    chain.giveLogsOnceBy(other);
    chain.tellOnceBy(other, 104, 105, 106);
    follow();
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  @Test
  void undoesNothingAndLeavesNothingOutWhereABlockIsNotTold() {
    chain.grow(100, 1);
    follow();
    chain.grow(HORIZON, 0);
    chain.tellOnceBy(new SimulatedChain(7_000), 116);
    assertThat(step.take())
        .returns(FollowStep.Outcome.CHANGED, FollowStep.Result::outcome)
        .returns(100L, result -> result.cursor().number());
    assertThat(step.take())
        .returns(FollowStep.Outcome.MOVED, FollowStep.Result::outcome)
        .returns(chain.head(), FollowStep.Result::cursor);
  }

  /** The chain grows meanwhile, and a small horizon is no excuse. */
  @Test
  void isNotReadyByAHeadOfSomeTimeAgo() {
    FollowStep narrow = step(1, () -> 0);
    chain.refuseRangesAbove(100, OptionalLong.of(100));
    chain.grow(2_000, 1);
    for (int steps = 0; !store.isCaughtUp(); steps++) {
      assertThat(steps).isLessThan(1_000);
      chain.grow(30, 1);
      FollowStep.Result result = narrow.take();
      boolean near = chain.height() - result.cursor().number() <= FollowProgress.MAX_READY_LAG;
      FollowProgress progress =
          new FollowProgress(
              Optional.of(result.cursor()),
              Optional.of(result.head()),
              Optional.empty(),
              Optional.empty());
      assertThat(progress.readiness().equals(Readiness.ready()))
          .as("ready %d blocks below the head", chain.height() - result.cursor().number())
          .isEqualTo(near);
      assertThat(store.isCaughtUp()).isEqualTo(near);
    }
  }

  @Test
  void asksForTheHeadAnewOnceItIsOld() {
    AtomicLong nanos = new AtomicLong();
    FollowStep far = step(HORIZON, nanos::get);
    chain.refuseRangesAbove(100, OptionalLong.of(100));
    chain.grow(10_000, 1);
    BlockRef first = chain.head();
    assertThat(far.take().head()).isEqualTo(first);
    chain.grow(1, 1);
    nanos.addAndGet(FollowStep.HEAD_AGE.toNanos() - 1);
    assertThat(far.take().head()).isEqualTo(first);
    nanos.addAndGet(1);
    assertThat(far.take().head()).isEqualTo(chain.head());
    assertThat(far.take().wentOn()).isTrue();
  }

  /** What is undone for a shallow reorganisation, and how deep one may be, depends on it. */
  @Test
  void recordsBlocksThatAreNotFarFromEachOtherWhereNothingIsLogged() {
    chain.grow(500, 1);
    follow();
    for (int logs : new int[] {0, 1, 0}) {
      chain.grow(HORIZON - 1, 0);
      chain.grow(1, logs);
      follow();
    }
    List<BlockRef> recorded = store.recorded(Long.MAX_VALUE, Integer.MAX_VALUE);
    for (int i = 1; recorded.get(i).number() > 500; i++) {
      assertThat(recorded.get(i - 1).number() - recorded.get(i).number()).isBetween(1L, 16L);
    }

    chain.drop(1);
    chain.grow(1, 0);
    assertThat(step.take().cursor().number()).isGreaterThanOrEqualTo(chain.height() - 16);
  }

  @Test
  void refusesAnotherChain() {
    follow();
    SimulatedChain other = new SimulatedChain(7_000);
    other.grow(10, 1);
    assertThatThrownBy(() -> step(other, store).take())
        .isInstanceOfSatisfying(
            FollowHaltedException.class,
            halted -> {
              assertThat(halted.code()).isEqualTo("chain_replaced");
              assertThat(halted.remedy()).contains("--fresh");
            });
  }

  @Test
  void asksForLessOfANodeThatRefuses() {
    chain.refuseRangesAbove(10, OptionalLong.empty());
    chain.grow(3_000, 1);
    follow();
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  /** Near the head and far below it. */
  @Test
  void getsPastBlocksThatANodeAnswersOnlyFewAtATime() {
    chain.giveUpAbove(3);
    chain.grow(HORIZON + 40, 1);
    while (!store.cursor().equals(Optional.of(chain.head()))) {
      try {
        var unused = step.take();
      } catch (ChainUnavailableException asked) {
        // Asked again for less.
      }
    }
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  @Test
  void asksAgainForEverWhereNobodyGivesABlocksLogs() {
    chain.grow(20, 1);
    chain.grow(1, 3);
    chain.refuseAnswersAbove(2);
    for (int tries = 0; tries < 50; ) {
      try {
        assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.MOVED);
      } catch (LogsRefusedException refused) {
        assertThat(refused).hasMessageContaining("no node gives the logs of block 21: ");
        tries++;
      } catch (ChainUnavailableException asked) {
        // Asked again for less.
      }
    }
    assertThat(store.logs()).as("what comes before it is in").hasSize(20);

    chain.refuseAnswersAbove(3);
    follow();
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  /** Far below the head, in ranges that were read ahead, and near it. */
  @Test
  void storesLessAtOnceWhereTheDatabaseIsTooSlow() {
    chain.grow(HORIZON + 400, 9);
    store.takeAtMost(100);
    int failures = 0;
    while (!store.cursor().equals(Optional.of(chain.head()))) {
      try {
        var unused = step.take();
      } catch (DatabaseUnavailableException slow) {
        failures++;
      }
    }
    assertThat(store.logs()).isEqualTo(chain.allLogs());
    assertThat(store.largest()).isBetween(50, 100);
    assertThat(failures).isBetween(1, 20);
  }

  @Test
  void storesABlockAtOnceHoweverMuchItIs() {
    chain.grow(5, 7);
    store.takeAtMost(7);
    while (!store.cursor().equals(Optional.of(chain.head()))) {
      try {
        var unused = step.take();
      } catch (DatabaseUnavailableException slow) {
        assertThat(store.logs().size() % 7).isZero();
      }
    }
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  /** What was read ahead of a change must not be taken, nor anything after it be left out. */
  @Test
  void takesNothingThatWasReadAheadOfAChange() {
    Random random = new Random(SEED);
    chain.refuseRangesAbove(25, OptionalLong.of(25));
    for (int i = 0; i < 200; i++) {
      chain.grow(HORIZON + 150, 1);
      int questions = 1 + random.nextInt(6);
      int depth = 1 + random.nextInt(2 * HORIZON);
      chain.beforeLogs(
          questions,
          () -> {
            chain.drop(depth);
            chain.grow(depth + 1, 2);
          });
      follow();
      assertThat(store.logs()).as("seed %d, step %d", SEED, i).isEqualTo(chain.allLogs());
    }
  }

  /** At the end of a range and within one, near the head and, at the end, far below it. */
  @Test
  void takesNoLogsOfABlockThatIsNotOnTheChain() {
    for (long forkedAt : new long[] {5, 3}) {
      chain.grow(5, 1);
      chain.answerFromAFork(2, chain.height() - 5 + forkedAt);
      follow();
      assertThat(store.logs()).isEqualTo(chain.allLogs());
    }
    chain.grow(3 * HORIZON, 1);
    chain.answerFromAFork(1, chain.height() - HORIZON);
    follow();
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  @Test
  void undoesNothingWhileNobodyTellsWhatStandsThere() {
    chain.grow(5, 1);
    follow();
    chain.grow(1, 1);
    chain.tellNoHeights(true);
    assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.CHANGED);
    assertThat(store.logs()).hasSize(5);

    chain.tellNoHeights(false);
    follow();
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  /** Blocks every two seconds, a look every half. */
  @Test
  void staysNearAHeadWhoseHeadersSpeakOfEverybody() {
    AtomicLong nanos = new AtomicLong();
    FollowStep slow = step(HORIZON, nanos::get);
    chain.speakOfEverybody();
    chain.grow(100, 1);
    while (slow.take().outcome() == FollowStep.Outcome.MOVED) {
      // Up to the head.
    }
    for (int look = 0; look < 400; look++) {
      if (look % 4 == 0) {
        int logs = look % 28 == 0 ? 2 : 0;
        chain.grow(1, logs);
        chain.tellTheNewestLate(logs);
      }
      nanos.addAndGet(500_000_000);
      FollowStep.Result result = slow.take();
      assertThat(chain.height() - result.cursor().number()).as("look %d", look).isLessThan(4);
    }
    for (int look = 0; look < 10; look++) {
      nanos.addAndGet(500_000_000);
      var unused = slow.take();
    }
    assertThat(store.logs()).isEqualTo(chain.allLogs());
    assertThat(store.cursor()).isEqualTo(Optional.of(chain.head()));
  }

  private void follow() {
    while (step.take().outcome() != FollowStep.Outcome.AT_HEAD) {
      // One step after the other, until there is nothing left to do.
    }
  }

  private FollowStep step(int horizon, LongSupplier nanos) {
    FollowSettings settings =
        FollowSettings.of(Set.of(SimulatedChain.CONTRACT)).withHorizon(horizon);
    return new FollowStep("test", chain, store, settings, new CachedRanges(chain, settings), nanos);
  }

  private static FollowStep step(SimulatedChain chain, FollowStore store) {
    FollowSettings settings =
        FollowSettings.of(Set.of(SimulatedChain.CONTRACT)).withHorizon(HORIZON);
    return new FollowStep("test", chain, store, settings, new CachedRanges(chain, settings));
  }
}
