package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.earnest.core.chain.ChainRateLimitedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logs that come after their block was believed to have none. */
@Timeout(60)
class FollowLateTest {
  private static final int HORIZON = 128;
  private static final long SEED = 20261123;
  private static final Duration LOOK = Duration.ofMillis(500);

  private final SimulatedChain chain = new SimulatedChain(0);
  private final InMemoryFollowStore store = new InMemoryFollowStore();
  private final AtomicLong nanos = new AtomicLong();
  private final FollowStep step = step();

  @Test
  void readsAnewWhereABlocksLogsComeLongAfterIt() {
    chain.grow(60, 1);
    follow();
    chain.grow(1, 2);
    chain.withholdLogsOf(61L);
    chain.grow(3, 1);
    follow();
    assertThat(store.cursor()).isEqualTo(Optional.of(chain.head()));
    assertThat(store.logs()).hasSize(63);

    chain.withholdLogsOf();
    pass(BelievedBlocks.INTERVAL);
    assertThat(step.take())
        .returns(FollowStep.Outcome.MOVED, FollowStep.Result::outcome)
        .returns(60L, result -> result.cursor().number());
    follow();
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  @Test
  void tellsOfANodeThatLimitsTheRateWhereItIsAskedAgain() {
    chain.grow(60, 1);
    LogRanges ranges = new LogRanges(chain, FollowSettings.of(Set.of(SimulatedChain.CONTRACT)));
    BelievedBlocks believed = new BelievedBlocks(ranges, HORIZON, nanos::get);
    believed.add(chain.head());
    pass(BelievedBlocks.INTERVAL);
    chain.allow(0);
    assertThatThrownBy(() -> believed.come(chain.head(), chain.head()))
        .isInstanceOf(ChainRateLimitedException.class);

    chain.allow(Integer.MAX_VALUE);
    pass(BelievedBlocks.INTERVAL);
    assertThat(believed.come(chain.head(), chain.head())).contains(chain.head());
  }

  /** Where an answer without logs is believed at once. */
  @Test
  void readsAnewWhatCameLateFurtherBelowTheHead() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20; i++) {
      long from = chain.height() + 1;
      chain.grow(1 + random.nextInt(HORIZON - 2 * LateLogs.BLOCKS), 1);
      long one = from + random.nextInt((int) (chain.height() - from + 1));
      long other = from + random.nextInt((int) (chain.height() - from + 1));
      chain.withholdLogsOf(one, other);
      follow();
      chain.grow(random.nextInt(LateLogs.BLOCKS), 1);
      follow();
      chain.withholdLogsOf();
      for (int asked = 0; asked < 4; asked++) {
        pass(BelievedBlocks.INTERVAL);
        follow();
      }
      assertThat(store.logs()).as("seed %d, step %d", SEED, i).isEqualTo(chain.allLogs());
    }
  }

  /** By another node behind the same URL. */
  @Test
  void doubtsABlockWhoseLogsCameOnceAndAreMissingAgain() {
    chain.grow(60, 1);
    chain.withholdLogsOf(20L);
    follow();
    chain.withholdLogsOf();
    pass(BelievedBlocks.INTERVAL);
    assertThat(step.take().cursor().number()).isEqualTo(19);
    chain.withholdLogsOf(20L);
    for (int answers = 1; answers < LateLogs.ANSWERS; answers++) {
      assertThat(step.take())
          .returns(FollowStep.Outcome.CHANGED, FollowStep.Result::outcome)
          .returns(19L, result -> result.cursor().number());
      pass(LateLogs.PATIENCE);
    }
    chain.withholdLogsOf();
    follow();
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  @Test
  void believesNoLogsOfAnotherFork() {
    chain.grow(50, 1);
    SimulatedChain other = chain.fork();
    chain.speakOfEverybody();
    chain.grow(10, 0);
    other.grow(10, 1);
    follow();
    chain.giveLogsOnceBy(other);
    pass(BelievedBlocks.INTERVAL);
    assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.AT_HEAD);
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  @Test
  void asksRarelyHoweverManyHeadersSpeakOfWhatIsNotThere() {
    chain.grow(10, 1);
    chain.speakOfEverybody();
    chain.grow(HORIZON, 0);
    follow();
    int before = chain.logQueries();
    int looks = 400;
    for (int look = 0; look < looks; look++) {
      pass(LOOK);
      assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.AT_HEAD);
    }
    long intervals = LOOK.multipliedBy(looks).dividedBy(BelievedBlocks.INTERVAL);
    assertThat(chain.logQueries() - before).isBetween(1, (int) intervals);
  }

  @Test
  void asksNoMoreForWhatIsAsDeepAsTheHorizon() {
    chain.grow(60, 1);
    chain.withholdLogsOf(50L);
    follow();
    chain.grow(HORIZON - 10, 1);
    follow();
    int before = chain.logQueries();
    pass(BelievedBlocks.INTERVAL);
    assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.AT_HEAD);
    assertThat(chain.logQueries()).isEqualTo(before);
  }

  @Test
  void goesOnWhereItIsNotAnswered() {
    chain.grow(60, 1);
    chain.withholdLogsOf(50L);
    follow();
    chain.withholdLogsOf();
    chain.failNext();
    pass(BelievedBlocks.INTERVAL);
    assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.AT_HEAD);
    pass(BelievedBlocks.INTERVAL);
    assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.MOVED);
    follow();
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void follow() {
    while (step.take().outcome() != FollowStep.Outcome.AT_HEAD) {
      pass(LOOK);
    }
  }

  private FollowStep step() {
    FollowSettings settings =
        FollowSettings.of(Set.of(SimulatedChain.CONTRACT)).withHorizon(HORIZON);
    return new FollowStep(
        "test", chain, store, settings, new CachedRanges(chain, settings), nanos::get);
  }
}
