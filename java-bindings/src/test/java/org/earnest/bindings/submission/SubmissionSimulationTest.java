package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.earnest.core.submission.SubmissionState.Broadcast;
import org.earnest.core.submission.SubmissionState.Expired;
import org.earnest.core.submission.SubmissionState.Final;
import org.earnest.core.submission.SubmissionState.Mined;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.earnest.core.submission.SubmissionState.Reorganised;
import org.earnest.core.submission.SubmissionState.Reverted;
import org.earnest.core.submission.SubmissionState.Signed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine against thousands of worlds, each of which a seed replays. */
final class SubmissionSimulationTest {
  /** More by {@code -Dsimulation.seeds=20000}. */
  private static final long SEEDS = Long.getLong("simulation.seeds", 1_000);

  @Test
  void noSeedLosesOrDoublesAnything() {
    Set<Class<?>> reached = new HashSet<>();
    Set<Audit.Scene> scenes = EnumSet.noneOf(Audit.Scene.class);
    for (long seed = 0; seed < SEEDS; seed++) {
      Simulation simulation = new Simulation(seed, Mutant.NONE);
      assertThat(simulation.run()).as("seed %d", seed).isEmpty();
      reached.addAll(simulation.store.reached());
      scenes.addAll(simulation.store.scenes());
    }
    assertThat(scenes).containsExactlyInAnyOrder(Audit.Scene.values());
    // Nobody else uses the account, hence nothing is Replaced; Claimed is where all begin.
    assertThat(reached)
        .containsExactlyInAnyOrder(
            Rejected.class,
            Prepared.class,
            Signed.class,
            Broadcast.class,
            Mined.class,
            Reverted.class,
            Expired.class,
            Final.class,
            Reorganised.class);
  }

  @Test
  void aSeedReplaysItsRun() {
    for (long seed = 0; seed < 20; seed++) {
      Simulation first = new Simulation(seed, Mutant.NONE);
      Simulation again = new Simulation(seed, Mutant.NONE);
      assertThat(first.run()).isEqualTo(again.run());
      assertThat(first.trace()).isEqualTo(again.trace());
    }
  }

  /** Each with a seed that kills it. When the engine changes, another may be needed. */
  @ParameterizedTest
  @CsvSource({
    "LEASE_UNCHECKED, 1",
    "NONCE_NOT_FENCED, 7",
    "NONCE_REMEMBERED, 0",
    "RENEWAL_BELIEVED, 0",
    "STORED_AFTER_SENDING, 0",
    "SIGNED_NOT_AWAITED, 2",
    "NOT_DEDUPLICATED, 0",
    "SPENT_NONCE_BELIEVED_AT_ONCE, 1742",
    "EARLIER_ATTEMPTS_FORGOTTEN, 139",
    "CANCELLED_UNASKED, 118",
    "NOTHING_SENT_AGAIN, 124"
  })
  void everyBrokenGuardIsNoticed(Mutant mutant, long seed) {
    assertThat(kills(seed, mutant))
        .as(() -> "seed %d; the first that kills it is %s".formatted(seed, firstToKill(mutant)))
        .isTrue();
  }

  @Test
  void everyMutantIsInTheList() throws NoSuchMethodException {
    CsvSource list =
        SubmissionSimulationTest.class
            .getDeclaredMethod("everyBrokenGuardIsNoticed", Mutant.class, long.class)
            .getAnnotation(CsvSource.class);

    assertThat(list.value())
        .extracting(line -> Mutant.valueOf(line.split(",", 2)[0]))
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Mutant.NONE)));
  }

  private static boolean kills(long seed, Mutant mutant) {
    return new Simulation(seed, mutant).run().isPresent();
  }

  private static String firstToKill(Mutant mutant) {
    OptionalLong first = LongStream.range(0, SEEDS).filter(seed -> kills(seed, mutant)).findFirst();
    return first.isPresent() ? Long.toString(first.getAsLong()) : "none of " + SEEDS;
  }
}
