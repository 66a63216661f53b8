package org.earnest.kit.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A file that one holder at a time has locked, in this process or in another. The lock is the
 * operating system's and ends with the process, however it ends.
 *
 * <p>On POSIX a process loses its lock as soon as it closes any channel of the file, so what this
 * process holds is remembered here and never opened a second time.
 */
public final class LockFile implements AutoCloseable {
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks it, creating it where it is missing; empty where somebody has it.
   *
   * @throws IOException when it cannot be made or written
   */
  public static Optional<LockFile> tryLock(Path file) throws IOException {
    synchronized (HELD) {
      Path real = real(file);
      if (HELD.contains(real)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(
              real, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() == null) {
          channel.close();
          return Optional.empty();
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ownPid() + "\n").getBytes(UTF_8)));
        HELD.add(real);
        return Optional.of(new LockFile(real, channel));
      } catch (IOException | RuntimeException failure) {
        channel.close();
        throw failure;
      }
    }
  }

  /** The process id of who has it, as far as it is known. */
  public static String holder(Path file) throws IOException {
    synchronized (HELD) {
      Path real = real(file);
      return HELD.contains(real) ? ownPid() : Files.readString(real).strip();
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (channel.isOpen()) {
        HELD.remove(file);
        channel.close();
      }
    }
  }

  /** The file itself may not be there yet. */
  private static Path real(Path file) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    return folder.toRealPath().resolve(file.getFileName());
  }

  private static String ownPid() {
    return Long.toString(ProcessHandle.current().pid());
  }
}
