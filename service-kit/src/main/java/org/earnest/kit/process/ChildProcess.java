package org.earnest.kit.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A child process that cannot outlive us. A small shell stands between: it holds the reading end of
 * a pipe from this JVM and ends the child when the pipe closes, however the JVM ended, kill -9
 * included. The child runs in a session of its own where {@code setsid} exists, so that the
 * terminal's Ctrl-C reaches only us and the order of closing stays ours.
 */
public final class ChildProcess implements AutoCloseable {
  /**
   * How long a child may take to end when asked, before it is killed. Long, as one that writes down
   * its state at its end must not be killed in the middle of it.
   */
  public static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofMillis(5);

  /**
   * The reader must not hold the child's death up: it is killed when the child ends first, and
   * waited for, so that nothing of the family is left once the guard has ended. A TERM to the whole
   * process group, as timeout(1) sends it, must not end guard or reader before the child; it is
   * trapped and not ignored, since a child would inherit that. One that has ended before it is
   * first waited for has a status, too. A trapped signal ends a wait before the child, so that it
   * is waited for again; where the shell has reaped it meanwhile, as bash does, its status is lost.
   */
  private static final String GUARD =
      """
      exec 3<&0
      trap "" INT HUP
      trap : TERM
      signal=$1; shift
      own=; if command -v setsid >/dev/null 2>&1; then own=setsid; fi
      $own "$@" </dev/null 3<&- &
      child=$!
      (trap "" TERM; read -r _ <&3; kill -s "$signal" $child 2>/dev/null) &
      reader=$!
      wait $child; status=$?
      while kill -0 $child 2>/dev/null; do wait $child; status=$?; done
      kill -s KILL $reader 2>/dev/null
      wait $reader 2>/dev/null
      exit $status
      """;

  private final ChildCommand command;
  private final Process guard;

  private ChildProcess(ChildCommand command, Process guard) {
    this.command = command;
    this.guard = guard;
  }

  /**
   * Starts it. Use inside {@link Lifecycle#start}.
   *
   * @throws ChildFailedException when it cannot be started
   */
  public static ChildProcess start(ChildCommand command) {
    try {
      return new ChildProcess(command, builder(command).start());
    } catch (IOException failure) {
      throw new ChildFailedException(
          "%s cannot be started: %s".formatted(command.name(), failure.getMessage()),
          "Check that " + command.command().getFirst() + " can be run here.",
          failure);
    }
  }

  private static ProcessBuilder builder(ChildCommand command) throws IOException {
    List<String> guarded =
        new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "sh", command.stop().name()));
    guarded.addAll(command.command());
    File output = freshOutput(command.output()).toFile();
    ProcessBuilder builder =
        new ProcessBuilder(guarded).redirectErrorStream(true).redirectOutput(output);
    command.directory().ifPresent(directory -> builder.directory(directory.toFile()));
    builder.environment().putAll(command.environment());
    return builder;
  }

  private static Path freshOutput(Path output) throws IOException {
    if (Files.exists(output)) {
      Path previous = output.resolveSibling(output.getFileName() + ".1");
      Files.move(output, previous, StandardCopyOption.REPLACE_EXISTING);
    }
    return Files.createFile(output);
  }

  /**
   * Waits until a line of its output has the pattern in it.
   *
   * @throws ChildFailedException when it ends or the patience does, with its last line
   */
  public MatchResult awaitOutput(Pattern pattern, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      boolean alive = guard.isAlive();
      Matcher matcher = pattern.matcher(wholeLines(output()));
      if (matcher.find()) {
        return matcher.toMatchResult();
      }
      if (!alive) {
        throw failed("ended by itself with status " + guard.exitValue());
      }
      if (System.nanoTime() - deadline > 0) {
        throw failed("did not come up within %d s".formatted(patience.toSeconds()));
      }
      pause();
    }
  }

  /**
   * Waits until it ends.
   *
   * @return its status; 0 is success
   * @throws ChildFailedException when the patience ends first
   */
  public int awaitExit(Duration patience) {
    try {
      if (guard.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return guard.exitValue();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failed("was not waited for: interrupted");
    }
    throw failed("did not end within %d s".formatted(patience.toSeconds()));
  }

  /** Whether it has written this so far. */
  public boolean hasWritten(String text) {
    return output().contains(text);
  }

  /** An error for this child that quotes its last line. */
  public ChildFailedException failed(String what) {
    return new ChildFailedException(
        "%s %s; its last line: %s".formatted(command.name(), what, lastLine()),
        "Its whole output is in " + command.output() + ".",
        null);
  }

  /** The last line that it wrote which is not blank. */
  public String lastLine() {
    return output().lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("(none)");
  }

  public boolean isAlive() {
    return guard.isAlive();
  }

  /** Asks the child to end, waits, and kills it where it does not. */
  @Override
  public void close() {
    try {
      guard.getOutputStream().close();
    } catch (IOException closedAlready) {
      // the guard has ended or is ending; the wait below tells
    }
    try {
      if (guard.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    guard.descendants().forEach(ProcessHandle::destroyForcibly);
    guard.destroyForcibly();
  }

  private String output() {
    try {
      return new String(Files.readAllBytes(command.output()), UTF_8);
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** A line that is still being written could end in half a port number. */
  private static String wholeLines(String output) {
    return output.substring(0, output.lastIndexOf('\n') + 1);
  }

  private void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failed("was not waited for: interrupted");
    }
  }
}
