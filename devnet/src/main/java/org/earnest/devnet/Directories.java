package org.earnest.devnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.FileTree;

/** Folders that a chain's files go to. */
final class Directories {
  private Directories() {}

  static void make(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException failure) {
      throw unusable(directory, failure);
    }
  }

  /** With all that is in it; nothing happens where it is not there. */
  static void delete(Path directory) {
    try {
      if (Files.isDirectory(directory)) {
        FileTree.delete(directory);
      }
    } catch (IOException failure) {
      throw unusable(directory, failure);
    }
  }

  static StartupException unusable(Path directory, IOException failure) {
    return new StartupException(
        "chain_directory",
        "the chain's files cannot be written to %s: %s".formatted(directory, failure.getMessage()),
        "Free some space, or name a directory that this user may write to.",
        failure);
  }
}
