package org.earnest.bindings.signer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that nobody but their owner may read. */
public final class OwnersFile {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnersFile() {}

  /**
   * Writes a new file, which is there as a whole or not at all, down to the disk: a key that was
   * used and is lost with the power is lost money.
   *
   * @throws java.nio.file.FileAlreadyExistsException when something has its name
   */
  public static void create(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path whole = Files.createTempFile(folder, ".key", null, attributes());
    try {
      write(whole, bytes);
      // A move would replace what another has put there meanwhile.
      Files.createLink(file, whole);
    } catch (UnsupportedOperationException e) {
      throw new IOException("the file system has no links", e);
    } finally {
      Files.delete(whole);
    }
    sync(file);
  }

  /** Puts a file in the place of what is there: a reader sees the one or the other, each whole. */
  public static void replace(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path whole = Files.createTempFile(folder, ".key", null, attributes());
    try {
      write(whole, bytes);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
    sync(file);
  }

  /** Removes a file, down to the disk; one that is not there is none to remove. */
  public static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      sync(file);
    }
  }

  /** The name too is on the disk. */
  private static void sync(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (POSIX && folder != null) {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  private static FileAttribute<?>[] attributes() {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  /** Whether others than its owner may read or write it; what others own is theirs to judge. */
  public static boolean isOpenToOthers(Path file) throws IOException {
    if (!POSIX || !Files.getOwner(file).getName().equals(System.getProperty("user.name"))) {
      return false;
    }
    return !OWNERS.containsAll(Files.getPosixFilePermissions(file));
  }
}
