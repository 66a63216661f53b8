package org.earnest.kit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int AT_ONCE = 8;
  private static final int QUICK = 300;

  @TempDir Path folder;

  @Test
  void givesWhatItWasWaitedForAndLeavesNoProcess() {
    ChildProcess child =
        ChildProcess.start(shell("echo hello; echo Listening on 127.0.0.1:4711; exec sleep 600"));
    List<ProcessHandle> family = ProcessHandle.current().descendants().toList();

    assertThat(child.awaitOutput(Pattern.compile("Listening on \\S+:(\\d+)"), PATIENCE).group(1))
        .isEqualTo("4711");
    child.close();

    assertThat(child.isAlive()).isFalse();
    assertThat(family).isNotEmpty().allSatisfy(process -> assertThat(process.isAlive()).isFalse());
  }

  @Test
  void quotesTheLastLineOfOneThatEndsByItself() {
    try (ChildProcess child =
        ChildProcess.start(shell("echo first; echo no such port >&2; exit 7"))) {
      assertThatThrownBy(() -> child.awaitOutput(Pattern.compile("Listening"), PATIENCE))
          .isInstanceOfSatisfying(
              ChildFailedException.class,
              failure -> {
                assertThat(failure.code()).isEqualTo("child_failed");
                assertThat(failure)
                    .hasMessageContaining("status 7")
                    .hasMessageContaining("no such port");
                assertThat(failure.remedy()).contains("child.log");
              });
    }
  }

  /** At once, so that some have ended before their guard waits for them. */
  @Test
  void tellsTheStatusOfOnesThatEndAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Integer>> statuses =
          IntStream.range(0, QUICK)
              .mapToObj(number -> threads.submit(() -> statusOfAQuickOne(number)))
              .toList();
      for (Future<Integer> status : statuses) {
        assertThat(status.get()).isEqualTo(7);
      }
    }
  }

  private int statusOfAQuickOne(int number) {
    ChildCommand command =
        new ChildCommand(
            "quick", List.of("/bin/sh", "-c", "exit 7"), folder.resolve(number + ".log"));
    try (ChildProcess child = ChildProcess.start(command)) {
      return child.awaitExit(PATIENCE);
    }
  }

  @Test
  void saysThatAProgramDoesNotExist() {
    ChildCommand command =
        new ChildCommand("ghost", List.of("/no/such/program"), folder.resolve("child.log"));
    try (ChildProcess child = ChildProcess.start(command)) {
      assertThatThrownBy(() -> child.awaitOutput(Pattern.compile("never said"), PATIENCE))
          .isInstanceOf(ChildFailedException.class)
          .hasMessageContaining("/no/such/program");
    }
  }

  @Test
  void givesUpOnOneThatSaysNothing() {
    try (ChildProcess child = ChildProcess.start(shell("exec sleep 600"))) {
      assertThatThrownBy(
              () -> child.awaitOutput(Pattern.compile("never said"), Duration.ofMillis(50)))
          .isInstanceOf(ChildFailedException.class)
          .hasMessageContaining("did not come up");
    }
  }

  @Test
  void letsTheChildEndInItsOwnWay() throws Exception {
    ChildCommand command =
        shell("trap 'echo goodbye; exit 0' TERM; echo up; while :; do sleep 0.05; done");
    try (ChildProcess child = ChildProcess.start(command)) {
      child.awaitOutput(Pattern.compile("up"), PATIENCE);
    }
    assertThat(folder.resolve("child.log")).content().contains("goodbye");
  }

  @Test
  void runsWhereAndWithWhatItIsToldAndKeepsTheLastOutput() throws Exception {
    Files.writeString(folder.resolve("child.log"), "the run before");
    ChildCommand command =
        shell("pwd; echo $COLOUR; sleep 600").in(folder).with(Map.of("COLOUR", "teal"));
    try (ChildProcess child = ChildProcess.start(command)) {
      child.awaitOutput(Pattern.compile(Pattern.quote(folder.toRealPath().toString())), PATIENCE);
      child.awaitOutput(Pattern.compile("teal"), PATIENCE);
    }
    assertThat(folder.resolve("child.log.1")).hasContent("the run before");
  }

  private ChildCommand shell(String script) {
    return new ChildCommand("child", List.of("/bin/sh", "-c", script), folder.resolve("child.log"));
  }
}
