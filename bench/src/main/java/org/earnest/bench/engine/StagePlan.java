package org.earnest.bench.engine;

import java.nio.file.Path;
import java.time.Duration;
import org.earnest.kit.state.StateDirectory;

/**
 * What the engine is run against.
 *
 * @param state holds everything, and nothing of it is kept
 * @param postgresBinaries where PostgreSQL's programs are unpacked, for all runs
 * @param anvil the program
 * @param blockInterval how often a block is made
 * @param mainClass of the engine's processes
 */
public record StagePlan(
    StateDirectory state,
    Path postgresBinaries,
    Path anvil,
    Duration blockInterval,
    String mainClass) {

  /** The engine as it is. */
  public StagePlan(
      StateDirectory state, Path postgresBinaries, Path anvil, Duration blockInterval) {
    this(state, postgresBinaries, anvil, blockInterval, EngineProgram.class.getName());
  }
}
