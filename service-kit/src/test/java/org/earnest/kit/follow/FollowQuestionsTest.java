package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainRateLimitedException;
import org.earnest.core.chain.ChainUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often, and for how much, a step asks the node. */
@Timeout(60)
class FollowQuestionsTest {
  private static final int HORIZON = 32;

  private final SimulatedChain chain = new SimulatedChain(0);
  private final InMemoryFollowStore store = new InMemoryFollowStore();
  private final FollowStep step = step(HORIZON);

  /** A node may be far away, and each question takes as long as the way. */
  @Test
  void asksOneQuestionForEachRangeFarBelowTheHeadBesideThoseThatAreReadAhead() {
    chain.refuseRangesAbove(100, OptionalLong.of(100));
    chain.grow(10_000, 1);
    follow();

    int ranges = chain.logQueries();
    assertThat(chain.requests())
        .as("the end before, the logs, and both ends after")
        .isLessThan(3 * ranges + 20);
  }

  @Test
  void readsWhatIsNearTheHeadByAFewQuestions() {
    chain.grow(10, 1);
    follow();
    chain.grow(HORIZON, 5);
    int before = chain.requests();
    follow();

    assertThat(store.logs()).isEqualTo(chain.allLogs());
    assertThat(chain.requests() - before).isLessThan(AskedBlocks.AT_ONCE + 10);
  }

  @Test
  void readsBlocksThatNameNoParent() {
    chain.grow(10, 1);
    chain.nameNoParents();
    chain.grow(3 * HORIZON, 1);
    follow();

    assertThat(store.logs()).isEqualTo(chain.allLogs());
    assertThat(store.cursor()).isEqualTo(Optional.of(chain.head()));
  }

  /**
   * A node may take its time for each block, and a question has to be answered in a bounded one.
   */
  @Test
  void asksForFewBlocksInOneQuestionHoweverManyAreNearTheHead() {
    FollowStep wide = step(FollowSettings.DEFAULT_HORIZON);
    chain.tellAtMost(AskedBlocks.FEW);
    chain.grow(FollowSettings.DEFAULT_HORIZON, 1);
    for (long reached = 0; reached < chain.height(); ) {
      FollowStep.Result result = wide.take();
      assertThat(result.outcome()).isEqualTo(FollowStep.Outcome.MOVED);
      assertThat(result.cursor().number() - reached).isBetween(1L, (long) FollowStep.NEAR_RANGE);
      reached = result.cursor().number();
    }
    assertThat(store.logs()).isEqualTo(chain.allLogs());

    chain.tellAtMost(2);
    chain.grow(FollowSettings.DEFAULT_HORIZON, 1);
    int unanswered = 0;
    while (!store.cursor().equals(Optional.of(chain.head()))) {
      try {
        var unused = wide.take();
      } catch (ChainUnavailableException slow) {
        assertThat(++unanswered).isLessThan(30);
      }
    }
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  /** Otherwise a node that asks for fewer questions would get more. */
  @Test
  void readsOneRangeAfterTheOtherFromANodeThatLimitsTheRate() {
    chain.grow(100_000, 0);
    chain.allow(0);
    for (int limits = 0; limits < 2; limits++) {
      assertThatThrownBy(step::take).isInstanceOf(ChainRateLimitedException.class);
    }
    chain.allow(Integer.MAX_VALUE);
    for (int steps = 1; store.cursor().map(BlockRef::number).orElse(0L) < 90_000; steps++) {
      assertThat(steps).isLessThan(QuestionsAtOnce.STEPS_UNTIL_MORE);
      assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.MOVED);
      assertThat(chain.logQueries()).isEqualTo(steps);
    }
    follow();
    assertThat(store.cursor()).isEqualTo(Optional.of(chain.head()));
  }

  /** Blocks may come faster than a step is taken, from far below the head to the end. */
  @Test
  void getsToTheHeadOfAChainThatGrowsMeanwhile() {
    chain.grow(1_000, 1);
    for (int steps = 0; steps < 20; steps++) {
      chain.grow(FollowStep.NEAR_RANGE / 2, 1);
      var unused = step.take();
    }
    assertThat(store.cursor()).isEqualTo(Optional.of(chain.head()));
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  private void follow() {
    while (step.take().outcome() != FollowStep.Outcome.AT_HEAD) {
      // One step after the other, until there is nothing left to do.
    }
  }

  private FollowStep step(int horizon) {
    FollowSettings settings =
        FollowSettings.of(Set.of(SimulatedChain.CONTRACT)).withHorizon(horizon);
    return new FollowStep("test", chain, store, settings, new CachedRanges(chain, settings));
  }
}
