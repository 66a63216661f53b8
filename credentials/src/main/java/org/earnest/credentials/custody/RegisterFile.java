package org.earnest.credentials.custody;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.bindings.signer.OwnersFile;

/** The register on disk. It holds nothing secret, but who writes to it says who the issuer is. */
final class RegisterFile {
  /** A thousand keys have a third of it. */
  private static final int MAX_BYTES = 1 << 20;

  private static final String NAME = "register.json";
  private static final String LOCK = "register.lock";

  private final Path file;
  private final Path lock;

  RegisterFile(Path folder) {
    this.file = folder.resolve(NAME);
    this.lock = folder.resolve(LOCK);
  }

  boolean exists() {
    return Files.exists(file);
  }

  KeyOutcome<KeyRegister> create(KeyRegister register) {
    try {
      OwnersFile.create(file, RegisterJson.write(register));
      return new KeyOutcome.Done<>(register);
    } catch (FileAlreadyExistsException there) {
      return new KeyOutcome.Refused<>(KeyRefusal.EXISTS);
    } catch (IOException refused) {
      return new KeyOutcome.Refused<>(KeyRefusal.UNWRITABLE);
    }
  }

  /** Another after each change. */
  record Stamp(FileTime modified, long bytes, String file) {}

  /** Empty where there is no register to be read. */
  Optional<Stamp> stamp() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      // Each change is a new file, also where two come within a moment.
      return Optional.of(
          new Stamp(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey())));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  KeyOutcome<KeyRegister> read() {
    try (InputStream in = Files.newInputStream(file)) {
      if (OwnersFile.isOpenToOthers(file)) {
        return new KeyOutcome.Refused<>(KeyRefusal.PERMISSIONS);
      }
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      return bytes.length > MAX_BYTES
          ? new KeyOutcome.Refused<>(KeyRefusal.MALFORMED)
          : RegisterJson.read(bytes)
              .<KeyOutcome<KeyRegister>>map(KeyOutcome.Done::new)
              .orElseGet(() -> new KeyOutcome.Refused<>(KeyRefusal.MALFORMED));
    } catch (NoSuchFileException none) {
      return new KeyOutcome.Refused<>(KeyRefusal.NO_REGISTER);
    } catch (IOException refused) {
      return new KeyOutcome.Refused<>(KeyRefusal.UNREADABLE);
    }
  }

  KeyOutcome<KeyRegister> write(KeyRegister register) {
    try {
      OwnersFile.replace(file, RegisterJson.write(register));
      return new KeyOutcome.Done<>(register);
    } catch (IOException refused) {
      return new KeyOutcome.Refused<>(KeyRefusal.UNWRITABLE);
    }
  }

  /** Does what reads and then writes while nobody else does. */
  <T> KeyOutcome<T> alone(Supplier<KeyOutcome<T>> change) {
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      return held == null ? new KeyOutcome.Refused<>(KeyRefusal.BUSY) : change.get();
    } catch (OverlappingFileLockException other) {
      return new KeyOutcome.Refused<>(KeyRefusal.BUSY);
    } catch (IOException refused) {
      return new KeyOutcome.Refused<>(KeyRefusal.UNWRITABLE);
    }
  }
}
