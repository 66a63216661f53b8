package org.earnest.cli.did;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.earnest.kit.process.StartupException;

/** A file that is to be published: it is there as a whole or not at all. */
public record PublishedFile(Path path) {
  /** A log of a thousand entries is smaller. */
  private static final long MAX_BYTES = 4 << 20;

  /**
   * Looks whether {@link #create} can write it, before something is done that cannot be undone.
   *
   * @throws StartupException {@code file_exists}
   */
  public void requireNew() {
    if (Files.exists(path)) {
      throw exists();
    }
  }

  /**
   * Writes it for the first time.
   *
   * @throws StartupException {@code file_exists} or {@code file_unwritable}
   */
  public void create(String text) {
    try {
      if (path.getParent() != null) {
        Files.createDirectories(path.getParent());
      }
      Files.writeString(path, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException there) {
      throw exists();
    } catch (IOException refused) {
      throw unwritable(refused);
    }
  }

  /**
   * Writes it anew.
   *
   * @throws StartupException {@code file_unwritable}
   */
  public void replace(String text) {
    try {
      Path draft = path.resolveSibling(path.getFileName() + ".new");
      Files.writeString(
          draft,
          text,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException refused) {
      throw unwritable(refused);
    }
  }

  /**
   * What is in it.
   *
   * @throws StartupException {@code file_missing}
   */
  public String text() {
    try {
      if (Files.size(path) <= MAX_BYTES) {
        return Files.readString(path);
      }
    } catch (IOException unreadable) {
      throw new StartupException(
          "file_missing", path + " cannot be read", "Name the file that was published", unreadable);
    }
    throw new StartupException(
        "file_missing", path + " is too large", "Name the file that was published");
  }

  private StartupException exists() {
    return new StartupException(
        "file_exists", path + " is there already", "Name another one with --out");
  }

  private StartupException unwritable(IOException why) {
    return new StartupException(
        "file_unwritable", path + " cannot be written", "Name a folder that you may write to", why);
  }
}
