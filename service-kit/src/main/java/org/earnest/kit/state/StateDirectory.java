package org.earnest.kit.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.earnest.kit.process.StartupException;

/**
 * A folder that one run at a time owns: readable by its user alone, locked while the run lives. The
 * lock is the operating system's and ends with the process, however it ends.
 */
public final class StateDirectory implements AutoCloseable {
  static final String LOCK_FILE = "earnest.lock";

  private final Path path;
  private final LockFile lock;

  private StateDirectory(Path path, LockFile lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates the folder where it is missing, and locks it.
   *
   * @throws StartupException {@code state_in_use} with the holder's process id; {@code
   *     state_not_ours} where the folder has other things in it; {@code state_not_usable} where it
   *     cannot be made or written
   */
  public static StateDirectory open(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      create(path);
      return new StateDirectory(path.toRealPath(), lock(path));
    } catch (IOException failure) {
      throw new StartupException(
          "state_not_usable",
          "the state directory %s cannot be used: %s".formatted(path, failure),
          "Choose another with --state, or make it writable and free some space.",
          failure);
    }
  }

  public Path path() {
    return path;
  }

  /** A file in it; not created. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** A folder in it, for its user alone; created where it is missing. */
  public Path folder(String name) throws IOException {
    Path folder = path.resolve(name);
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return folder;
  }

  /** Deletes everything in it but the lock. What runs in it must have been stopped before. */
  public void clear() throws IOException {
    clear(Set.of());
  }

  /**
   * The same, but for some of it.
   *
   * @param kept names in it that stay as they are
   */
  public void clear(Set<String> kept) throws IOException {
    List<Path> entries;
    try (Stream<Path> listing = Files.list(path)) {
      entries =
          listing
              .filter(entry -> !entry.endsWith(LOCK_FILE))
              .filter(entry -> !kept.contains(entry.getFileName().toString()))
              .toList();
    }
    for (Path entry : entries) {
      FileTree.delete(entry);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static void create(Path path) throws IOException {
    if (Files.isDirectory(path) && !Files.exists(path.resolve(LOCK_FILE)) && !isEmpty(path)) {
      throw new StartupException(
          "state_not_ours",
          path + " exists and is no state directory of this program",
          "Choose another folder with --state; an empty one or a new name will do.");
    }
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (Stream<Path> listing = Files.list(path)) {
      return listing.findAny().isEmpty();
    }
  }

  private static LockFile lock(Path path) throws IOException {
    Path file = path.resolve(LOCK_FILE);
    Optional<LockFile> lock = LockFile.tryLock(file);
    if (lock.isEmpty()) {
      throw inUse(path, LockFile.holder(file));
    }
    return lock.get();
  }

  private static StartupException inUse(Path path, String holder) {
    return new StartupException(
        "state_in_use",
        "the state directory %s is in use by process %s".formatted(path, holder),
        "Stop that one first, or choose another folder with --state.");
  }
}
