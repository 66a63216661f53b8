package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.earnest.core.chain.ChainUnavailableException;
import org.junit.jupiter.api.Test;

class FollowStepTest {
  private static final int HORIZON = 32;
  private static final long SEED = 20261121;

  private final SimulatedChain chain = new SimulatedChain(0);
  private final InMemoryFollowStore store = new InMemoryFollowStore();
  private final FollowStep step = step(chain, store);

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
        chain.beforeNextLogs(
            () -> {
              chain.drop(depth);
              chain.grow(depth + random.nextInt(3), 1);
            });
      }
      follow();
      assertThat(store.logs()).as("seed %d, step %d", SEED, i).isEqualTo(chain.allLogs());
    }
  }

  @Test
  void goesBackWithAChainThatIsBehind() {
    chain.grow(20, 1);
    follow();
    chain.drop(7);
    follow();
    assertThat(store.logs()).isEqualTo(chain.allLogs());
    assertThat(store.cursor()).isEqualTo(Optional.of(chain.head()));
  }

  @Test
  void stopsAtAReorganisationBeyondItsHorizon() {
    chain.grow(200, 1);
    follow();
    chain.drop(150);
    chain.grow(151, 1);
    assertThatThrownBy(this::follow)
        .isInstanceOfSatisfying(
            FollowHaltedException.class,
            halted -> assertThat(halted.code()).isEqualTo("reorganisation_too_deep"));
    assertThat(store.logs()).as("nothing is lost").hasSize(200);
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
  void asksForLessUntilTheNodeAnswers() {
    chain.refuseRangesAbove(10);
    chain.grow(3_000, 1);
    boolean moved = true;
    while (moved) {
      try {
        moved = step.take().moved();
      } catch (ChainUnavailableException tooMuch) {
        moved = true;
      }
    }
    assertThat(store.logs()).isEqualTo(chain.allLogs());
  }

  private void follow() {
    boolean moved = true;
    while (moved) {
      moved = step.take().moved();
    }
  }

  private static FollowStep step(SimulatedChain chain, FollowStore store) {
    return new FollowStep(
        "test",
        chain,
        store,
        FollowSettings.of(Set.of(SimulatedChain.CONTRACT)).withHorizon(HORIZON));
  }
}
