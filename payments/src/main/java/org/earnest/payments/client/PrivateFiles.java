package org.earnest.payments.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Files that their owner alone may read: a payment that is still good is worth its amount. */
final class PrivateFiles {
  private static final String POSIX = "posix";

  private PrivateFiles() {}

  /** Makes an empty one where there is none, and its folder; its path without links. */
  static Path create(Path file) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    Files.createDirectories(folder);
    Path real = folder.toRealPath().resolve(file.getFileName());
    try {
      Files.createFile(real, ownersOnly());
      syncFolder(real);
    } catch (FileAlreadyExistsException there) {
      return real;
    }
    return real;
  }

  /** A new name is only there for good once its folder is. */
  static void syncFolder(Path file) throws IOException {
    Path folder = Objects.requireNonNull(file.getParent(), "a file has a folder");
    if (FileSystems.getDefault().supportedFileAttributeViews().contains(POSIX)) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static FileAttribute<?>[] ownersOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains(POSIX)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
