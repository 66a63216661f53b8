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
  private static final int PATIENCE_SECONDS = 60;
  private static final int CHAIN_IS_KEPT_SECONDS = 4;

  @TempDir Path folder;

  @Test
  void aChainThatDiesIsNamedByEveryAnswerThatNeedsItAndNothingIsLost() throws Exception {
    try (DevHome home = DevHome.in(folder)) {
      try (EarnestProcess dev = home.dev()) {
        RunningHouse house = RunningHouse.of(dev);
        house.register(1);
        TimeUnit.SECONDS.sleep(CHAIN_IS_KEPT_SECONDS);
        kill(home, "anvil", "--dump-state");
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
        kill(home, "postgres", "listen_addresses=127.0.0.1");
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
    try (DevHome home = DevHome.withoutPrograms(folder)) {
      try (EarnestProcess dev = home.dev()) {
        Awaitility.await()
            .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .until(() -> !unpacking(home).isEmpty());
        dev.signal("KILL");
        dev.awaitEnd();
      }
      assertThat(unpacking(home)).isNotEmpty();
      try (EarnestProcess dev = home.dev()) {
        RunningHouse.of(dev);
      }
      assertThat(unpacking(home)).isEmpty();
      assertThat(home.leftovers()).isEmpty();
    }
  }

  private static List<Path> unpacking(DevHome home) throws IOException {
    if (!Files.isDirectory(home.programs())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(home.programs())) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith("unpacking"))
          .toList();
    }
  }

  /** Kills the child itself, not the shell that guards it and names the same arguments. */
  private static void kill(DevHome home, String program, String argument) {
    List<ProcessHandle> children =
        ProcessHandle.allProcesses()
            .filter(process -> line(process).contains(home.state().toString()))
            .filter(process -> line(process).contains(argument))
            .filter(process -> process.info().command().orElse("").endsWith("/" + program))
            .toList();
    assertThat(children).hasSize(1);
    children.getFirst().destroyForcibly();
    Awaitility.await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> !children.getFirst().isAlive());
  }

  private static String line(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }
}
