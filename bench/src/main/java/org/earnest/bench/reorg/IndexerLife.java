package org.earnest.bench.reorg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.earnest.kit.process.StartupException;

/** One life of the indexer's process. */
final class IndexerLife implements AutoCloseable {
  private final Process process;
  private final Path log;

  private IndexerLife(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it; what it writes goes after what is in the log. */
  static IndexerLife start(List<String> command, Map<String, String> environment, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return new IndexerLife(builder.start(), log);
    } catch (IOException refused) {
      throw new StartupException(
          "indexer_not_started",
          "the indexer's process cannot be started: " + refused.getMessage(),
          "Look at " + log,
          refused);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGSTOP: from then on it does nothing, until it is killed. */
  void freeze() {
    try {
      await(new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start());
    } catch (IOException refused) {
      throw new IllegalStateException("a process of ours cannot be stopped", refused);
    }
  }

  /** SIGKILL; returns once it is dead. */
  void kill() {
    process.destroyForcibly();
    await(process);
  }

  /** Ends its input, and waits until it has ended by itself. */
  void end(Duration patience) {
    try {
      process.getOutputStream().close();
      var unused = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException ended) {
      // It needs no end any more.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The last line that it wrote, but for those of a stack. */
  String lastLine() {
    try {
      return Files.readAllLines(log).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("\t"))
          .reduce((first, second) -> second)
          .orElse("(nothing)");
    } catch (IOException unreadable) {
      return "(unreadable)";
    }
  }

  @Override
  public void close() {
    kill();
  }

  private static void await(Process ending) {
    try {
      var unused = ending.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }
}
