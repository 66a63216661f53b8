package org.earnest.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** A part that dies while all runs, and a first start that dies while it unpacks. */
@Execution(ExecutionMode.CONCURRENT)
class DevBrokenPartsIT {
  private static final int PATIENCE_SECONDS = 120;

  /** It may have unpacked all before it is killed. */
  private static final int ATTEMPTS = 5;

  @TempDir Path folder;

  @Test
  void aChainThatDiesIsNamedByEveryAnswerThatNeedsItAndNothingIsLost() throws Exception {
    try (DevHome home = DevHome.in(folder)) {
      try (EarnestProcess dev = home.dev()) {
        RunningHouse house = RunningHouse.of(dev);
        house.register(1);
        home.awaitKept();
        kill(anvil(home));
        String address = house.address("buyer").hex();
        String needsChain = house.url("/1.0/identifiers/did:ethr:0x7a69:" + address);
        JsonNode error = Http.json(needsChain).path("didResolutionMetadata").path("error");
        assertThat(error.path("detail").asString()).contains("eip155:31337 could not be read");
        assertThat(error.path("retryable").booleanValue()).isTrue();
        Awaitility.await()
            .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .until(() -> Http.status(house.url("/ready")) == 503);
        assertThat(Http.json(house.url("/agents")).path("agents")).hasSize(1);
      }
      assertThat(home.leftovers()).isEmpty();
      try (EarnestProcess dev = home.dev()) {
        RunningHouse house = RunningHouse.of(dev);
        house.awaitAgents(1);
        house.awaitReady();
      }
    }
  }

  @Test
  void aDatabaseThatDiesIsNamedByEveryAnswerThatNeedsItAndNothingIsLost() throws Exception {
    try (DevHome home = DevHome.in(folder)) {
      try (EarnestProcess dev = home.dev()) {
        RunningHouse house = RunningHouse.of(dev);
        house.register(1);
        kill(postgres(home));
        JsonNode problem = Http.json(house.url("/agents"));
        assertThat(problem.path("code").asString())
            .as(problem.toString())
            .isEqualTo("database_unavailable");
        assertThat(problem.path("retryable").booleanValue()).isTrue();
        assertThat(Http.status(house.url("/ready"))).isEqualTo(503);
      }
      assertThat(Leftovers.of(home.state())).isEmpty();
      try (EarnestProcess dev = home.dev()) {
        RunningHouse.of(dev).awaitAgents(1);
      }
      assertThat(home.leftovers()).isEmpty();
    }
  }

  @Test
  void whatAKilledUnpackingLeftIsGoneAfterTheNextStart() throws Exception {
    boolean killedInTime = false;
    for (int attempt = 0; attempt < ATTEMPTS && !killedInTime; attempt++) {
      Path own = Files.createDirectory(folder.resolve("attempt" + attempt));
      try (DevHome home = DevHome.withoutPrograms(own)) {
        killWhileItUnpacks(home);
        killedInTime = !unpacking(home).isEmpty();
        if (killedInTime) {
          assertTheNextStartTidiesUp(home);
        }
      }
    }
    assertThat(killedInTime).as("killed while it unpacked").isTrue();
  }

  private static void killWhileItUnpacks(DevHome home) throws Exception {
    try (EarnestProcess dev = home.dev()) {
      Awaitility.await()
          .pollInterval(5, TimeUnit.MILLISECONDS)
          .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .until(() -> !programs(home).isEmpty());
      dev.kill();
      dev.awaitEnd();
    }
  }

  private static void assertTheNextStartTidiesUp(DevHome home) throws Exception {
    try (EarnestProcess dev = home.dev()) {
      RunningHouse.of(dev);
    }
    assertThat(unpacking(home)).isEmpty();
    assertThat(home.leftovers()).isEmpty();
  }

  private static List<Path> unpacking(DevHome home) throws IOException {
    return programs(home).stream()
        .filter(entry -> entry.getFileName().toString().startsWith("unpacking"))
        .toList();
  }

  private static List<Path> programs(DevHome home) throws IOException {
    if (!Files.isDirectory(home.programs())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(home.programs())) {
      return entries.toList();
    }
  }

  /** The node itself, not the shell that guards it and names the same arguments. */
  private static ProcessHandle anvil(DevHome home) {
    List<ProcessHandle> nodes =
        ProcessHandle.allProcesses()
            .filter(process -> line(process).contains(home.state().toString()))
            .filter(process -> line(process).contains("--dump-state"))
            .filter(process -> process.info().command().orElse("").endsWith("/anvil"))
            .toList();
    assertThat(nodes).hasSize(1);
    return nodes.getFirst();
  }

  /** By its own word, as what it forks has its command line for a while. */
  private static ProcessHandle postgres(DevHome home) throws IOException {
    Path file = home.state().resolve("postgres/data/postmaster.pid");
    ProcessHandle server =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip())).orElseThrow();
    assertThat(server.info().command().orElse("")).endsWith("/postgres");
    return server;
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    Awaitility.await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(() -> !process.isAlive());
  }

  private static String line(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }
}
