package org.earnest.cli.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.FileTree;
import org.earnest.kit.state.LockFile;
import org.earnest.kit.state.StateDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A state directory for one run, gone afterwards. What a killed run left is stopped and removed
 * when the next one is opened beside it.
 *
 * <p>A folder without its lock looks like one of a killed run, so it exists without only while the
 * parent's lock is held.
 */
public final class TemporaryState implements AutoCloseable {
  private static final String PARENTS_LOCK = ".lock";

  /** What is done under the parent's lock takes milliseconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration POLL = Duration.ofMillis(5);
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryState.class);

  private final StateDirectory directory;

  private TemporaryState(StateDirectory directory) {
    this.directory = directory;
  }

  /**
   * Opens a new one.
   *
   * @param parent holds nothing else
   * @throws StartupException {@code state_not_usable}
   */
  public static TemporaryState open(Path parent) {
    try {
      Files.createDirectories(parent);
      leftovers(parent).forEach(TemporaryState::remove);
      return new TemporaryState(
          alone(parent, () -> StateDirectory.open(Files.createTempDirectory(parent, "run-"))));
    } catch (IOException refused) {
      throw new StartupException(
          "state_not_usable",
          "the folder " + parent + " cannot be used: " + refused,
          "Make it writable and free some space",
          refused);
    }
  }

  /** The folder, locked. */
  public StateDirectory directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    empty(directory);
  }

  private static List<Path> leftovers(Path parent) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }

  private static void remove(Path leftover) {
    try {
      Optional<StateDirectory> directory = take(leftover);
      if (directory.isPresent()) {
        EmbeddedPostgres.stopStale(directory.get());
        empty(directory.get());
      }
    } catch (StartupException inUse) {
      LOG.debug("{} belongs to a run that lives", leftover, inUse);
    } catch (IOException refused) {
      LOG.warn("cannot remove {}", leftover, refused);
    }
  }

  /** Empty where another run has removed it in the meantime. */
  private static Optional<StateDirectory> take(Path leftover) throws IOException {
    return alone(
        parent(leftover),
        () ->
            Files.isDirectory(leftover)
                ? Optional.of(StateDirectory.open(leftover))
                : Optional.empty());
  }

  private static void empty(StateDirectory directory) throws IOException {
    directory.clear();
    alone(
        parent(directory.path()),
        () -> {
          directory.close();
          FileTree.delete(directory.path());
          return directory;
        });
  }

  private static Path parent(Path folder) {
    return Objects.requireNonNull(folder.getParent(), "a temporary folder has a parent");
  }

  private static <T> T alone(Path parent, Step<T> step) throws IOException {
    LockFile lock = lock(parent.resolve(PARENTS_LOCK));
    try (lock) {
      return step.take();
    }
  }

  private static LockFile lock(Path file) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<LockFile> lock = LockFile.tryLock(file);
    while (lock.isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(file + " is held by process " + LockFile.holder(file));
      }
      LockSupport.parkNanos(POLL.toNanos());
      lock = LockFile.tryLock(file);
    }
    return lock.get();
  }

  /** What is done while nobody else takes, makes or removes a folder. */
  private interface Step<T> {
    T take() throws IOException;
  }
}
