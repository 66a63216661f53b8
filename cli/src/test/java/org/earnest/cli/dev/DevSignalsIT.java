package org.earnest.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * {@code dev} is ended at several instants, spread over its start and its running. Nothing of it
 * may stay, and the next start on the same state must succeed, whatever the end interrupted. Every
 * other run begins anew, so that making the database is interrupted as well as finding it.
 */
@Execution(ExecutionMode.CONCURRENT)
class DevSignalsIT {
  private static final int INSTANTS = 4;

  /** The instants reach beyond the start by this part of it. */
  private static final double REACH = 1.2;

  private final long seed = Long.getLong("earnest.seed", System.nanoTime());

  @TempDir Path folder;

  @BeforeEach
  void linuxOnly() {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "processes are read in /proc");
  }

  /** How a run comes to its end. */
  enum End {
    CTRL_C,
    CTRL_C_TWICE,
    TERM,
    HUP,
    KILL;

    boolean isTyped() {
      return this == CTRL_C || this == CTRL_C_TWICE;
    }

    EarnestProcess start(DevHome home, String... more) throws IOException {
      return isTyped() ? home.devOnTerminal(more) : home.dev(more);
    }

    void happen(EarnestProcess dev) throws Exception {
      switch (this) {
        case CTRL_C -> dev.typeCtrlC();
        case CTRL_C_TWICE -> {
          dev.typeCtrlC();
          dev.typeCtrlC();
        }
        case TERM, HUP, KILL -> dev.signal(name());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesNothing(End end) throws Exception {
    Assumptions.assumeTrue(
        !end.isTyped() || has("script"), "script(1) makes the terminal, and is not installed");
    try (DevHome home = DevHome.in(folder)) {
      leavesNothing(end, home);
    }
  }

  private void leavesNothing(End end, DevHome home) throws Exception {
    long startMillis = aWholeRun(home, "--fresh");
    Random random = new Random(seed);
    for (int i = 0; i < INSTANTS; i++) {
      long instant = (long) (startMillis * REACH * (i + random.nextDouble()) / INSTANTS);
      String run = "%s after %d of %d ms, seed %d".formatted(end, instant, startMillis, seed);
      System.out.println("DevSignalsIT: " + run);
      try (EarnestProcess dev = i % 2 == 0 ? end.start(home, "--fresh") : end.start(home)) {
        dev.awaitProgram();
        TimeUnit.MILLISECONDS.sleep(instant);
        end.happen(dev);
        dev.awaitEnd();
        assertThat(dev.err())
            .as(run)
            .doesNotContain("unexpected", "\"level\":\"ERROR\"", "chain_replaced");
      }
      if (end == End.KILL) {
        assertThat(Leftovers.of(folder.toRealPath())).as(run).isEmpty();
      } else {
        assertThat(home.leftovers()).as(run).isEmpty();
      }
    }
    aWholeRun(home);
    assertThat(home.leftovers()).isEmpty();
  }

  /** How long it takes until all runs, in milliseconds. */
  private static long aWholeRun(DevHome home, String... more) throws Exception {
    long begun = System.nanoTime();
    try (EarnestProcess dev = home.dev(more)) {
      JsonNode house = dev.json();
      assertThat(house.path("ok").booleanValue()).as(dev.err()).isTrue();
      long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      assertThat(Leftovers.now(home.state())).as("its own processes").hasSizeGreaterThan(2);
      return millis;
    }
  }

  private static boolean has(String program) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
  }
}
