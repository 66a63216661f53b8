package org.earnest.cli.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A state directory for one run, gone afterwards. What a killed run left is stopped and removed
 * when the next one is opened beside it.
 */
public final class TemporaryState implements AutoCloseable {
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
      return new TemporaryState(StateDirectory.open(Files.createTempDirectory(parent, "run-")));
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
      StateDirectory directory = StateDirectory.open(leftover);
      EmbeddedPostgres.stopStale(directory);
      empty(directory);
    } catch (StartupException inUse) {
      LOG.debug("{} belongs to a run that lives", leftover, inUse);
    } catch (IOException refused) {
      LOG.warn("cannot remove {}", leftover, refused);
    }
  }

  /** The lock goes last, so that nobody takes the folder for free while it is being removed. */
  private static void empty(StateDirectory directory) throws IOException {
    directory.clear();
    directory.close();
    try (Stream<Path> rest = Files.list(directory.path())) {
      for (Path file : rest.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory.path());
  }
}
