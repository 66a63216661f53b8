package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.earnest.testkit.process.ProcessOutput;

/**
 * A Java process in which several parts stop, each at a step of its own, so that all can be killed
 * there.
 */
final class KilledProcess {
  private static final int SIGKILLED = 128 + 9;

  /** For all parts to stop, on a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String PASSWORD = "DATABASE_PASSWORD";

  private KilledProcess() {}

  /**
   * Starts one, waits until all parts have stopped, and kills it.
   *
   * @param parts by the names under which they {@link #stop}
   */
  static void stopAll(Class<?> main, List<String> arguments, String password, Set<String> parts)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessOutput.errors());
    builder.environment().put(PASSWORD, password);
    Process process = builder.start();
    try {
      Set<String> running = ProcessOutput.read(process, PATIENCE, output -> running(output, parts));
      assertThat(running).as("ended, or were given up, before they stopped").isEmpty();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).isEqualTo(SIGKILLED);
  }

  /** Those that have not stopped by its end; other lines are the log's. */
  private static Set<String> running(BufferedReader output, Set<String> parts) throws IOException {
    Set<String> running = new TreeSet<>(parts);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      assertThat(line).doesNotContain(" ended: ");
      running.remove(line);
      if (running.isEmpty()) {
        break;
      }
    }
    return running;
  }

  /** Does a part's work within the process, on a thread of its own. */
  static void begin(String part, Supplier<Object> work) {
    Thread.ofPlatform()
        .start(
            () -> {
              Object end;
              try {
                end = work.get();
              } catch (RuntimeException | Error failure) {
                end = failure;
              }
              System.out.println(part + " ended: " + end);
            });
  }

  /** The database's, within the process. */
  static String password() {
    return System.getenv(PASSWORD);
  }

  /** Stops a part for good, within the process. */
  static void stop(String part) {
    System.out.println(part);
    System.out.flush();
    while (true) {
      LockSupport.park();
    }
  }
}
