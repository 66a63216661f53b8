package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that lacks blocks, and one that has others in their place. */
@Timeout(60)
class FollowBehindTest {
  private static final int HORIZON = 32;
  private static final Duration LONG = Duration.ofHours(1);

  private final SimulatedChain chain = new SimulatedChain(0);
  private final InMemoryFollowStore store = new InMemoryFollowStore();
  private final AtomicLong nanos = new AtomicLong();
  private final FollowStep step = step();

  @Test
  void waitsForANodeThatIsFurtherBehindThanAChainMayChange() {
    chain.grow(1_000, 1);
    follow();
    List<ChainLog> read = store.logs();
    SimulatedChain all = chain.fork();
    chain.drop(700);
    for (int look = 0; look < 20; look++) {
      pass(LONG);
      assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.CHANGED);
    }
    assertThat(store.logs()).isEqualTo(read);

    chain.become(all);
    chain.grow(5, 1);
    follow();
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  @Test
  void undoesNothingWhileANodeThatLagsGoesOn() {
    chain.grow(100, 1);
    follow();
    SimulatedChain all = chain.fork();
    for (int behind = HORIZON; behind > 0; behind--) {
      chain.become(all);
      chain.drop(behind);
      pass(LONG);
      assertThat(step.take())
          .returns(FollowStep.Outcome.CHANGED, FollowStep.Result::outcome)
          .returns(true, FollowStep.Result::isBehind);
      assertThat(store.logs()).isEqualTo(all.allLogs());
    }
    chain.become(all);
    assertThat(step.take())
        .returns(FollowStep.Outcome.AT_HEAD, FollowStep.Result::outcome)
        .returns(false, FollowStep.Result::isBehind);
  }

  /** As by a balancer before two nodes, one of which stands still. */
  @Test
  void undoesNothingWhereTheBlocksAreThereNowAndThen() {
    chain.grow(100, 1);
    follow();
    SimulatedChain all = chain.fork();
    for (int flap = 0; flap < 20; flap++) {
      chain.drop(5);
      assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.CHANGED);
      pass(GoingBack.DEVELOPMENT_PATIENCE);
      chain.become(all);
      assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.AT_HEAD);
      assertThat(store.logs()).isEqualTo(all.allLogs());
    }
  }

  /** A development chain may take blocks back and put none in their place. */
  @Test
  void goesBackWithAChainThatStaysBehind() {
    chain.grow(20, 1);
    follow();
    chain.drop(7);
    for (int look = 0; look < 10; look++) {
      assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.CHANGED);
    }
    assertThat(store.logs()).hasSize(20);

    pass(GoingBack.DEVELOPMENT_PATIENCE);
    assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.MOVED);
    assertThat(store.logs()).isEqualTo(chain.allLogs());
    assertThat(store.cursor()).isEqualTo(Optional.of(chain.head()));
  }

  /** Whose blocks are not somebody's to take back. */
  @Test
  void isLongerInDoubtOnAChainThatIsNoDevelopersOwn() {
    chain.callItself(Caip2ChainId.eip155(1));
    chain.grow(20, 1);
    follow();
    chain.drop(7);
    for (int look = 0; look < GoingBack.LOOKS; look++) {
      assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.CHANGED);
    }
    pass(GoingBack.PATIENCE.minusNanos(1));
    assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.CHANGED);
    pass(Duration.ofNanos(1));
    assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.MOVED);
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  @Test
  void goesBackAtOnceWhereAShorterChainHasAnotherBlock() {
    chain.grow(20, 1);
    follow();
    chain.drop(7);
    chain.grow(3, 1);
    assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.MOVED);
    assertThat(store.cursor().orElseThrow().number()).isEqualTo(13);
    follow();
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  /** It may be where the two chains part, and may not. */
  @Test
  void goesNoFurtherBackThanABlockThatIsNotTold() {
    chain.grow(100, 1);
    follow();
    chain.drop(5);
    chain.grow(6, 1);
    chain.tellOnceBy(new SimulatedChain(7_000), 97);
    assertThat(step.take())
        .returns(FollowStep.Outcome.CHANGED, FollowStep.Result::outcome)
        .returns(false, FollowStep.Result::isConfirmed);
    assertThat(store.logs()).hasSize(100);
    assertThat(step.take())
        .returns(FollowStep.Outcome.MOVED, FollowStep.Result::outcome)
        .returns(95L, result -> result.cursor().number())
        .returns(true, FollowStep.Result::isConfirmed);
  }

  /** A shorter one may be a node's that stopped on a fork and has yet to read the chain. */
  @Test
  void stopsAtAReorganisationBeyondItsHorizonOnceItsChainIsAsLong() {
    chain.grow(200, 1);
    follow();
    chain.drop(150);
    for (int grown : new int[] {50, 99}) {
      chain.grow(grown, 1);
      assertThat(step.take())
          .as("%d blocks", chain.height())
          .returns(FollowStep.Outcome.CHANGED, FollowStep.Result::outcome)
          .returns(true, FollowStep.Result::doubted);
    }
    for (int grown = 0; grown < 2; grown++) {
      chain.grow(1, 1);
      assertThatThrownBy(this::follow)
          .as("%d blocks", chain.height())
          .isInstanceOfSatisfying(
              FollowHaltedException.class,
              halted -> assertThat(halted.code()).isEqualTo("reorganisation_too_deep"));
    }
    assertThat(store.logs()).as("nothing is lost").hasSize(200);
  }

  /** It has grown again since its head was asked for, or another node tells the block. */
  @Test
  void doesNotGoBackBeyondItsHorizonByAHeadThatIsLowerThanWhatIsTold() {
    chain.grow(200, 1);
    follow();
    chain.drop(150);
    SimulatedChain longer = chain.fork();
    longer.grow(150, 1);
    chain.tellOnceBy(longer, 200);
    assertThat(step.take())
        .returns(FollowStep.Outcome.CHANGED, FollowStep.Result::outcome)
        .returns(200L, result -> result.cursor().number());

    chain.become(longer);
    assertThatThrownBy(this::follow).isInstanceOf(FollowHaltedException.class);
    assertThat(store.logs()).hasSize(200);
  }

  @Test
  void waitsForANodeThatIsFarBehindOnAForkOfItsOwn() {
    chain.grow(1_000, 1);
    follow();
    SimulatedChain all = chain.fork();
    chain.drop(301);
    chain.grow(1, 0);
    for (int look = 0; look < 20; look++) {
      pass(LONG);
      assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.CHANGED);
    }
    assertThat(store.logs()).isEqualTo(all.allLogs());

    chain.become(all);
    chain.grow(5, 1);
    follow();
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  /** What was read may be of the chain: nothing stands against it. */
  @Test
  void waitsForANodeThatHasNoneOfTheRecordedBlocks() {
    chain.grow(20, 0);
    store.begin(chain.block(new BlockTag.Height(0)).orElseThrow().ref().hash(), chain.head());
    SimulatedChain all = chain.fork();
    chain.drop(10);
    for (int look = 0; look < 10; look++) {
      pass(LONG);
      assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.CHANGED);
    }
    chain.become(all);
    assertThat(step.take().outcome()).isEqualTo(FollowStep.Outcome.AT_HEAD);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void follow() {
    while (step.take().outcome() != FollowStep.Outcome.AT_HEAD) {
      // One step after the other, until there is nothing left to do.
    }
  }

  private FollowStep step() {
    FollowSettings settings =
        FollowSettings.of(Set.of(SimulatedChain.CONTRACT)).withHorizon(HORIZON);
    return new FollowStep(
        "test", chain, store, settings, new CachedRanges(chain, settings), nanos::get);
  }
}
