package org.earnest.cli.dev;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.earnest.cli.house.ProjectFolder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged program in a process of its own, started as the launcher starts it. */
final class EarnestProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final int CTRL_C = 3;

  private final Process process;
  private final Path out;
  private final Path err;

  private EarnestProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it without a terminal. */
  static EarnestProcess start(DevHome home, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = java(home, arguments);
    Path err = Files.createTempFile(home.logs(), "err", ".txt");
    return start(home, environment, command, err, err);
  }

  /** Starts it on a terminal of its own, where a typed Ctrl-C is a signal. */
  static EarnestProcess startOnTerminal(DevHome home, List<String> arguments) throws IOException {
    Path err = Files.createTempFile(home.logs(), "err", ".txt");
    StringBuilder line = new StringBuilder("exec");
    java(home, arguments).forEach(word -> line.append(" '").append(word).append('\''));
    line.append(" 2>'").append(err).append('\'');
    List<String> command = List.of("script", "-qefc", line.toString(), "/dev/null");
    return start(home, Map.of(), command, err, Files.createTempFile(home.logs(), "tty", ".txt"));
  }

  private static EarnestProcess start(
      DevHome home, Map<String, String> environment, List<String> command, Path err, Path ownErr)
      throws IOException {
    Path out = Files.createTempFile(home.logs(), "out", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(ownErr.toFile());
    builder.environment().putAll(environment);
    return new EarnestProcess(builder.start(), out, err);
  }

  /** With signals at their defaults, which a test runner in the background may not hand on. */
  private static List<String> java(DevHome home, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal=INT",
                "--default-signal=HUP",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + home.temporary(),
                "-Dearnest.home=" + home.home(),
                "-jar",
                ProjectFolder.path().resolve("cli/target/app/earnest.jar").toString()));
    command.addAll(arguments);
    return command;
  }

  /** The object of {@code --json}, once it is there. */
  JsonNode json() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      boolean ended = !process.isAlive();
      Optional<JsonNode> object = object();
      if (object.isPresent()) {
        return object.get();
      }
      if (ended) {
        throw new IllegalStateException("it ended without an answer: " + err());
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new IllegalStateException("no answer in " + PATIENCE + ": " + err());
  }

  private Optional<JsonNode> object() throws IOException {
    String text = Files.readString(out);
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(JsonMapper.shared().readTree(text));
    } catch (JacksonException half) {
      return Optional.empty();
    }
  }

  /** Standard error so far. */
  String err() throws IOException {
    return Files.readString(err);
  }

  /** Standard output so far; on a terminal all that it was shown. */
  String out() throws IOException {
    return Files.readString(out);
  }

  /** Waits until it has said something on standard output. */
  void awaitOut(String text) throws Exception {
    await("it did not say " + text, () -> out().contains(text));
  }

  /** Waits until it has said something on standard error. */
  void awaitErr(String text) throws Exception {
    await("it did not say " + text, () -> err().contains(text));
  }

  private void await(String otherwise, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(otherwise + ": " + err());
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Waits until the program itself runs, not only what starts it. */
  void awaitProgram() throws Exception {
    await("it was never started", () -> !process.isAlive() || !programs().isEmpty());
  }

  private List<ProcessHandle> programs() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .filter(handle -> handle.info().command().orElse("").endsWith("/bin/java"))
        .toList();
  }

  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
  }

  /** Kills it at once, where another program that does so might come late. */
  void kill() {
    process.destroyForcibly();
  }

  /** Types Ctrl-C. */
  void typeCtrlC() {
    try {
      OutputStream keyboard = process.getOutputStream();
      keyboard.write(CTRL_C);
      keyboard.flush();
    } catch (IOException ended) {
      // The first one was enough.
    }
  }

  /** Its exit code, once it has ended by itself. */
  int awaitEnd() throws Exception {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("it did not end: " + err());
    }
    return process.exitValue();
  }

  /** Asks it to end, and kills it where it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    } catch (TimeoutException | ExecutionException stuck) {
      process.destroyForcibly();
      throw new IllegalStateException("it did not end when it was asked to", stuck);
    }
  }
}
