package org.earnest.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockTag;
import org.earnest.kit.process.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM that owns a chain is killed: no anvil stays behind, and the chain is there again. */
class AnvilKillIT {
  private static final long END_SECONDS = 120;
  private static final int[] INSTANTS_MILLIS = {150, 400, 700};

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "KILL"})
  void leavesNoAnvilWheneverItIsKilled(String signal) throws Exception {
    for (int instant : INSTANTS_MILLIS) {
      Path state = Files.createDirectory(directory.resolve(signal + instant));
      Process owner = startOwner(state);
      TimeUnit.MILLISECONDS.sleep(instant);
      kill(owner, signal);
      awaitNoAnvil(state);
      AnvilChain.start(settings(state)).close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "KILL"})
  void whatWasMinedSurvives(String signal) throws Exception {
    Process owner = startOwner(directory);
    awaitMarker(owner);
    assertThat(anvils(directory)).isNotEmpty();
    kill(owner, signal);
    // The next start does not wait for the old anvil to be gone: that is its own affair.
    try (AnvilChain chain = AnvilChain.start(settings(directory))) {
      assertThat(
              JsonRpcChainReader.connect(chain.rpc())
                  .block(BlockTag.Named.LATEST)
                  .orElseThrow()
                  .ref()
                  .number())
          .isEqualTo(ChainOwner.BLOCKS);
    }
    awaitNoAnvil(directory);
  }

  private static AnvilSettings settings(Path state) {
    return AnvilSettings.persistent(Workspace.anvil(), state);
  }

  private static Process startOwner(Path state) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ChainOwner.class.getName(),
            state.toString())
        .redirectErrorStream(true)
        .redirectOutput(state.resolve("owner.log").toFile())
        .start();
  }

  private void awaitMarker(Process owner) {
    Path ready = directory.resolve(ChainOwner.READY);
    while (!Files.exists(ready)) {
      assertThat(owner.isAlive()).as("the owner runs").isTrue();
      pause();
    }
  }

  private static void kill(Process owner, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(owner.pid())).start().waitFor();
    assertThat(owner.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private static void awaitNoAnvil(Path state) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    List<ProcessHandle> left = anvils(state);
    while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
      pause();
      left = anvils(state);
    }
    assertThat(left).isEmpty();
  }

  private static List<ProcessHandle> anvils(Path state) {
    String dump = state.resolve("chain.json").toString();
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                Optional.of(process.info())
                    .flatMap(ProcessHandle.Info::commandLine)
                    .filter(line -> line.contains(dump))
                    .isPresent())
        .toList();
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
  }

  /** The JVM that is killed. */
  static final class ChainOwner {
    static final String READY = "ready";
    static final int BLOCKS = 5;

    private ChainOwner() {}

    public static void main(String[] arguments) throws Exception {
      Path state = Path.of(arguments[0]);
      try (Lifecycle lifecycle = new Lifecycle()) {
        AnvilChain chain = lifecycle.start(() -> AnvilChain.start(settings(state)));
        chain.mine(BLOCKS);
        Files.createFile(state.resolve(READY));
        lifecycle.awaitClosed();
      }
    }
  }
}
