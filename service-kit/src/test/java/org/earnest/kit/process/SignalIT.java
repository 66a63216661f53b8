package org.earnest.kit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run with two children is ended by each signal at ten instants of its start. */
class SignalIT {
  private static final int INSTANTS = 10;
  private static final int STEP_MILLIS = 70;
  private static final long END_SECONDS = 120;

  /** For each of two children its guard, the guard's reader and the child. */
  private static final int CHILDREN = 6;

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("signals")
  void leavesNothingBehind(List<String> signals) throws Exception {
    Assumptions.assumeTrue(
        canResetSignals(), "env cannot reset ignored signals here (coreutils 8.31 or newer)");
    for (int instant = 0; instant < INSTANTS; instant++) {
      Path marker = Files.createDirectory(folder.resolve(String.join("-", signals) + instant));
      Process run = startRun(marker);
      awaitJava(run);
      if (instant < INSTANTS - 1) {
        TimeUnit.MILLISECONDS.sleep((long) instant * STEP_MILLIS);
      } else {
        awaitChildren(run, marker);
      }
      for (String signal : signals) {
        send(signal, Long.toString(run.pid()));
      }
      assertThat(run.waitFor(END_SECONDS, TimeUnit.SECONDS)).as("ended by %s", signals).isTrue();
      assertNoneLeft(marker);
    }
  }

  /** As timeout(1) and a shell's job control do it: to the guards as well as to the run. */
  @Test
  void leavesNothingBehindWhenTheWholeGroupIsTerminated() throws Exception {
    Assumptions.assumeTrue(canResetSignals(), "env cannot reset ignored signals here");
    Path marker = Files.createDirectory(folder.resolve("group"));
    Process run = startRun(marker, "setsid");
    awaitChildren(run, marker);
    send("TERM", "-" + run.pid());
    assertThat(run.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertNoneLeft(marker);
  }

  /** Until env has handed over, a signal that our own parent ignores is ignored. */
  private static void awaitJava(Process run) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    while (!run.info().command().orElse("").endsWith("/java")) {
      assertThat(run.isAlive() && System.nanoTime() - deadline < 0).isTrue();
      Thread.onSpinWait();
    }
  }

  /** However slowly the machine starts them: one signal at least has to find them all running. */
  private static void awaitChildren(Process run, Path marker) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    while (childrenOf(marker).size() < CHILDREN) {
      assertThat(run.isAlive() && System.nanoTime() - deadline < 0).isTrue();
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  static Stream<List<String>> signals() {
    return Stream.of(
        List.of("TERM"), List.of("INT"), List.of("INT", "INT"), List.of("HUP"), List.of("KILL"));
  }

  /** After a kill -9 the guards end their children by themselves, a moment later. */
  private static void assertNoneLeft(Path marker) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    List<String> left = childrenOf(marker);
    while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(10);
      left = childrenOf(marker);
    }
    assertThat(left).isEmpty();
  }

  private static List<String> childrenOf(Path marker) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(marker.toString()))
        .toList();
  }

  private static Process startRun(Path marker, String... wrapper) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(wrapper));
    command.addAll(List.of("env", "--default-signal=INT", "--default-signal=HUP", java));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            RunWithChildren.class.getName(),
            marker.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(marker.resolve("run.log").toFile())
        .start();
  }

  private static void send(String signal, String target) throws Exception {
    new ProcessBuilder("kill", "-s", signal, "--", target).start().waitFor();
  }

  private static boolean canResetSignals() throws InterruptedException {
    try {
      return new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor() == 0;
    } catch (IOException noEnv) {
      return false;
    }
  }

  /** The run that is ended. Its children name the marker folder in their command lines. */
  static final class RunWithChildren {
    private RunWithChildren() {}

    public static void main(String[] args) throws Exception {
      Path marker = Path.of(args[0]);
      try (Lifecycle lifecycle = new Lifecycle()) {
        for (int i = 0; i < 2; i++) {
          Path output = marker.resolve("child" + i + ".log");
          lifecycle.start(
              () ->
                  ChildProcess.start(
                      new ChildCommand(
                          "sleeper",
                          List.of(
                              "/bin/sh", "-c", "while :; do sleep 0.2; done", marker.toString()),
                          output)));
          Thread.sleep(100);
        }
        lifecycle.awaitClosed();
      }
    }
  }
}
