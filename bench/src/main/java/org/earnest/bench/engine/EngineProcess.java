package org.earnest.bench.engine;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.earnest.kit.json.StrictJson;
import org.earnest.kit.process.StartupException;

/**
 * The engine in a process of its own. It ends with this one, however this one ends, as its input
 * ends then. It has no guard between, since the kill is to hit it and nothing else.
 */
public final class EngineProcess implements AutoCloseable {
  private final Process process;
  private final File log;
  private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();

  private EngineProcess(Process process, File log) {
    this.process = process;
    this.log = log;
    // To read a pipe would hold a virtual thread's carrier.
    Thread.ofPlatform().daemon().name("engine-output").start(this::listen);
  }

  /**
   * Starts a life of the engine. Use inside {@link org.earnest.kit.process.Lifecycle#start}.
   *
   * @param java the command line up to where the orders come in
   * @param log takes what it writes to standard error, after what is there
   */
  public static EngineProcess start(List<String> java, Orders orders, File log) {
    try {
      Process process =
          new ProcessBuilder(java).redirectError(ProcessBuilder.Redirect.appendTo(log)).start();
      EngineProcess engine = new EngineProcess(process, log);
      engine.write(StrictJson.write(orders));
      return engine;
    } catch (IOException refused) {
      throw new StartupException(
          "engine_not_started",
          "the engine's process cannot be started: " + refused.getMessage(),
          "Look at " + log,
          refused);
    }
  }

  /** The next thing that it says; empty when the patience ends before. */
  public Optional<Said> next(Duration patience) {
    try {
      return Optional.ofNullable(said.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** An error for a process that ended by itself, with what it last complained of. */
  public StartupException ended() {
    String last = "(nothing)";
    try {
      // The lines of a stack are indented; what was thrown is not.
      last =
          Files.readAllLines(log.toPath()).stream()
              .filter(line -> !line.isBlank() && !line.startsWith("\t"))
              .reduce((a, b) -> b)
              .orElse(last);
    } catch (IOException unreadable) {
      // Then it is not quoted.
    }
    return new StartupException(
        "engine_ended",
        "the engine's process ended by itself; it last wrote: " + last,
        "Run it again with the same seed; this is a fault of the engine or of this machine");
  }

  /** SIGKILL; returns once it is dead. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends its input, and waits until it has ended by itself. */
  void end(Duration patience) {
    try {
      process.getOutputStream().close();
      var unused = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException ended) {
      // It needs no end any more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets go on what stopped at its point. */
  void release() throws IOException {
    write("go".getBytes(StandardCharsets.UTF_8));
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    kill();
  }

  private void write(byte[] line) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write(line);
    input.write('\n');
    input.flush();
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(line -> Said.parse(line).ifPresent(said::add));
    } catch (IOException | java.io.UncheckedIOException killed) {
      // Nothing more can be read of what was killed.
    }
    said.add(new Said.Ended());
  }
}
