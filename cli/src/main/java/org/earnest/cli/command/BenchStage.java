package org.earnest.cli.command;

import java.time.Duration;
import org.earnest.bench.engine.Stage;
import org.earnest.bench.engine.StagePlan;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.slf4j.event.Level;

/** A chain and a database for the engine's processes, of which nothing stays. */
final class BenchStage {
  private BenchStage() {}

  static Stage set(Lifecycle lifecycle, Duration blockInterval) {
    StateDirectory state = TemporaryRun.begin(lifecycle, Level.WARN);
    return Stage.set(
        new StagePlan(state, EarnestHome.postgresBinaries(), EarnestHome.anvil(), blockInterval),
        lifecycle);
  }
}
