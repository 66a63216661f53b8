package org.earnest.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.earnest.bench.engine.Orders.Trap;
import org.earnest.kit.process.Lifecycle;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Of two processes with one account, one is stopped by SIGSTOP in the middle of its turn, after it
 * took a nonce and before it stored a signature. The other takes the turn over. Awake again, the
 * first sends nothing.
 */
class SleeperIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pace PACE = new Pace(1, 0, Duration.ofSeconds(1));
  private static final String SEND = "eth_sendRawTransaction";

  @TempDir private Path folder;
  private final Told told = new Told();

  @ParameterizedTest
  @EnumSource(names = {"NUMBERED", "SIGNED_UNSTORED"})
  void whoWakesUpAfterItsTurnPassedOnSendsNothing(KillPoint point) throws Exception {
    try (Lifecycle lifecycle = new Lifecycle()) {
      Stage stage = TestStage.set(lifecycle, folder, Duration.ofMillis(300));
      try (FaultyRpcServer sleepersWire =
              FaultyRpcServer.proxy(
                  stage.orders(7, List.of(), List.of(), PACE, Optional.empty()).urls().getFirst());
          EngineProcess sleeper =
              stage.engine(
                  stage
                      .orders(7, List.of(), List.of(0), PACE, Optional.of(new Trap(point, 0, true)))
                      .through(sleepersWire.url()))) {
        await(sleeper, Said.At.class);
        signal("STOP", sleeper);
        try (EngineProcess other =
            stage.engine(stage.orders(7, List.of(), List.of(0, 1), PACE, Optional.empty()))) {
          await(other, Said.Done.class);
          signal("CONT", sleeper);
          sleeper.release();
          await(sleeper, Said.Done.class);

          assertThat(sleepersWire.calls(SEND)).isZero();
          assertThat(stage.awaitRest(PATIENCE)).isTrue();
        }
      }
      assertThat(Books.close(stage, stage.work(7), 2, told).differences()).isEmpty();
    }
  }

  private void await(EngineProcess engine, Class<? extends Said> wanted) {
    Said said;
    do {
      said = engine.next(PATIENCE).orElseThrow();
      assertThat(said).isNotInstanceOf(Said.Ended.class);
      if (said instanceof Said.Settled settled) {
        told.settled(settled);
      }
    } while (!wanted.isInstance(said));
  }

  private static void signal(String name, EngineProcess engine)
      throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(engine.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
