package org.earnest.kit.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.earnest.kit.process.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server of a run that was killed. It may be ending by itself; it may not. */
final class StalePostgres {
  /** A busy machine may take its time to write down what its server holds in memory. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(StalePostgres.class);
  private static final String PID_FILE = "postmaster.pid";

  private StalePostgres() {}

  /**
   * Stops the server of a data folder, if one runs. The caller holds the state directory's lock, so
   * nobody else's server can be meant; a process whose command line does not name the folder is
   * another program under a reused number, and is left alone.
   */
  static void stop(Path data) throws IOException {
    Path pidFile = data.resolve(PID_FILE);
    Optional<ProcessHandle> server = pid(pidFile).flatMap(ProcessHandle::of);
    if (server.isPresent() && serves(server.get(), data)) {
      LOG.info(
          "stopping the database server that an earlier run left, process {}", server.get().pid());
      stop(server.get());
    } else {
      Files.deleteIfExists(pidFile);
    }
  }

  private static Optional<Long> pid(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    return lines.stream()
        .findFirst()
        .filter(line -> line.matches("[0-9]{1,18}"))
        .map(Long::valueOf);
  }

  private static boolean serves(ProcessHandle process, Path data) {
    return process.info().commandLine().orElse("").contains(data.toString());
  }

  /** SIGINT is the fast shutdown; what {@link ProcessHandle#destroy} sends waits for clients. */
  private static void stop(ProcessHandle server) throws IOException {
    new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start();
    try {
      server.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      throw stuck(server, late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw stuck(server, interrupted);
    }
  }

  private static StartupException stuck(ProcessHandle server, Exception cause) {
    return new StartupException(
        "database_left_running",
        "the database server of an earlier run, process %d, does not stop".formatted(server.pid()),
        "Stop it by hand: kill -INT " + server.pid(),
        cause);
  }
}
