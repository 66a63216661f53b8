package org.earnest.testkit.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a process prints. To read from its pipe heeds no interrupt. */
public final class ProcessOutput {
  private ProcessOutput() {}

  /**
   * Where it writes what went wrong: a file beside what the build makes. Whoever reads what this
   * process prints would wait for one that outlives its test, if it printed there as well.
   */
  public static Redirect errors() {
    File folder = new File("target");
    return folder.isDirectory()
        ? Redirect.appendTo(new File(folder, "processes.log"))
        : Redirect.DISCARD;
  }

  /** Takes of it what it waits for. */
  public interface Reading<T> {
    T from(BufferedReader output) throws IOException;
  }

  /**
   * Reads it for so long at most: then the process and those that it has started are killed, and
   * their output is at its end.
   */
  public static <T> T read(Process process, Duration patience, Reading<T> reading)
      throws IOException {
    CompletableFuture<Void> late =
        CompletableFuture.runAsync(
            () -> kill(process),
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
    try {
      return reading.from(process.inputReader(StandardCharsets.UTF_8));
    } finally {
      late.cancel(false);
    }
  }

  /** With those that it has started. */
  public static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
  }
}
