package org.earnest.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.earnest.bench.engine.BoastfulProgram;
import org.earnest.bench.engine.ForgetfulProgram;
import org.earnest.bench.engine.RepeatingProgram;
import org.earnest.bench.engine.TestStage;
import org.earnest.kit.process.Lifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine bears it, and engines that are broken on purpose do not. */
class TortureIT {
  private static final long SEED = 20_261_121;

  /** Each named point once at least, and random instants. */
  private static final int KILLS = 52;

  private static final int FEW = 6;

  /**
   * For the engine as it is; one that is broken on purpose has all of the usual wait waited out.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** A broken engine may never come to the point where it is to be killed. */
  private static final Duration LITTLE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void nothingIsLostOrDoubledWhereverTheProcessIsKilled() throws IOException {
    try (Lifecycle lifecycle = new Lifecycle()) {
      TortureReport report =
          Torture.run(
              TestStage.set(lifecycle, folder, Torture.BLOCK_INTERVAL),
              new TortureSettings(KILLS, SEED, PATIENCE, TortureSettings.PATIENCE),
              System.out::println);
      System.out.println(report);

      assertThat(report.verdict().differences()).isEmpty();
      assertThat(report.stuck()).isZero();
      assertThat(report.ok()).as(report.toString()).isTrue();
      assertThat(report.sentAgain()).isPositive();
      assertThat(report.points().values()).allMatch(kills -> kills > 0);
      assertThat(report.instants()).isEqualTo(KILLS / 4);
      assertThat(report.verdict().nonces() - report.verdict().gaps())
          .isEqualTo((long) (KILLS + report.late()) * Assignments.NEW);
    }
  }

  @Test
  void anEngineThatForgetsDoublesWhatItIsAskedForAgain() throws IOException {
    TortureReport report = torture(ForgetfulProgram.class, FEW);

    assertThat(report.verdict().doubled()).isPositive();
    assertThat(report.ok()).isFalse();
  }

  @Test
  void anEngineThatSharesNothingDoublesDuplicates() throws IOException {
    TortureReport report = torture(RepeatingProgram.class, FEW);

    assertThat(report.verdict().doubled()).isPositive();
    assertThat(report.ok()).isFalse();
  }

  @Test
  void anEngineThatOnlySaysSoLosesEverything() throws IOException {
    TortureReport report = torture(BoastfulProgram.class, 1);

    assertThat(report.verdict().lost()).isEqualTo(Assignments.NEW);
    assertThat(report.ok()).isFalse();
  }

  private TortureReport torture(Class<?> program, int kills) throws IOException {
    try (Lifecycle lifecycle = new Lifecycle()) {
      return Torture.run(
          TestStage.set(lifecycle, folder, Torture.BLOCK_INTERVAL, program),
          new TortureSettings(kills, SEED, TortureSettings.LONGEST_WAIT, LITTLE),
          System.out::println);
    }
  }
}
