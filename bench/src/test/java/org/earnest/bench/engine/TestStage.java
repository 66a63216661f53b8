package org.earnest.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.earnest.devnet.AnvilBinary;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;

/** A stage in a test's own folder. */
public final class TestStage {
  private TestStage() {}

  /** For the engine as it is. */
  public static Stage set(Lifecycle lifecycle, Path folder, Duration blockInterval)
      throws IOException {
    return set(lifecycle, folder, blockInterval, EngineProgram.class);
  }

  /** For another program than the engine. */
  public static Stage set(
      Lifecycle lifecycle, Path folder, Duration blockInterval, Class<?> program)
      throws IOException {
    StateDirectory state = lifecycle.start(() -> StateDirectory.open(folder.resolve("state")));
    Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
    Path anvil = AnvilBinary.find(Path.of("../contracts").toAbsolutePath(), Map.of());
    return Stage.set(
        new StagePlan(state, binaries, anvil, blockInterval, program.getName()), lifecycle);
  }
}
