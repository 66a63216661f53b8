package org.earnest.payments.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The journal in a file, which is only ever added to, and forced to the disk before a line counts.
 * Where a crash has left half a line at its end, that line was never acted on and is cut off. When
 * it has grown long it is replaced by a short one, and the long one is kept beside it with {@code
 * .1} at the end of its name.
 */
final class JournalFile implements JournalTape {
  /** Shorter ones are left alone, in bytes. */
  static final int LONG = 1024 * 1024;

  /** How much of it may be past before it is rewritten. */
  private static final int GROWTH = 4;

  /** Longer ones are none of ours, in bytes. */
  private static final int MOST = 256 * 1024 * 1024;

  private final Path file;
  private final JournalLock lock;
  private RandomAccessFile out;
  private long length;
  private long rewriteAt;
  private boolean broken;

  private JournalFile(Path file, JournalLock lock, RandomAccessFile out) {
    this.file = file;
    this.lock = lock;
    this.out = out;
  }

  static JournalFile open(Path file) {
    try {
      Path real = PrivateFiles.create(file);
      JournalLock lock =
          JournalLock.take(beside(real, ".lock"))
              .orElseThrow(() -> PaymentJournalException.inUse(file.toString()));
      try {
        return new JournalFile(real, lock, new RandomAccessFile(real.toFile(), "rw"));
      } catch (IOException | RuntimeException failure) {
        lock.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw PaymentJournalException.unavailable(file.toString(), failure);
    }
  }

  @Override
  public List<JournalEvent> read() {
    try {
      if (out.length() > MOST) {
        throw PaymentJournalException.damaged(file.toString(), 1);
      }
      byte[] bytes = new byte[Math.toIntExact(out.length())];
      out.seek(0);
      out.readFully(bytes);
      List<JournalEvent> events = parse(bytes);
      out.setLength(length);
      out.getFD().sync();
      rewriteAt = Math.max(LONG, length);
      return events;
    } catch (IOException failure) {
      throw PaymentJournalException.unavailable(file.toString(), failure);
    }
  }

  private List<JournalEvent> parse(byte[] bytes) {
    List<JournalEvent> events = new ArrayList<>();
    int start = 0;
    int line = 0;
    int firstBad = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] != '\n') {
        continue;
      }
      line++;
      Optional<JournalEvent> event = JournalLine.read(new String(bytes, start, at - start, UTF_8));
      start = at + 1;
      if (event.isEmpty()) {
        firstBad = firstBad == 0 ? line : firstBad;
      } else if (firstBad != 0) {
        // Good lines after a bad one: not a write that was cut short.
        throw PaymentJournalException.damaged(file.toString(), firstBad);
      } else {
        events.add(event.get());
        length = start;
      }
    }
    return events;
  }

  @Override
  public void append(JournalEvent event) {
    if (broken) {
      throw PaymentJournalException.unavailable(
          file.toString(), new IOException("an earlier line could be neither kept nor taken back"));
    }
    byte[] line = JournalLine.write(event);
    try {
      out.seek(length);
      out.write(line);
      out.getFD().sync();
      length += line.length;
    } catch (IOException failure) {
      takeBack();
      throw PaymentJournalException.unavailable(file.toString(), failure);
    }
  }

  private void takeBack() {
    try {
      out.setLength(length);
      out.getFD().sync();
    } catch (IOException failure) {
      broken = true;
    }
  }

  @Override
  public boolean isLong() {
    return length > rewriteAt;
  }

  @Override
  public void rewrite(List<JournalEvent> events) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    events.forEach(event -> bytes.writeBytes(JournalLine.write(event)));
    Path fresh = beside(file, ".new");
    try {
      Files.deleteIfExists(fresh);
      PrivateFiles.create(fresh);
      try (RandomAccessFile whole = new RandomAccessFile(fresh.toFile(), "rw")) {
        whole.write(bytes.toByteArray());
        whole.getFD().sync();
      }
      Files.copy(
          file,
          beside(file, ".1"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
      RandomAccessFile next = new RandomAccessFile(fresh.toFile(), "rw");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      PrivateFiles.syncFolder(file);
      out.close();
      out = next;
      length = bytes.size();
      rewriteAt = Math.max(LONG, GROWTH * length);
    } catch (IOException failure) {
      // The long one is whole and goes on; it is tried again when it has grown.
      rewriteAt = length + LONG;
    }
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  @Override
  public void close() {
    try (lock) {
      out.close();
    } catch (IOException failure) {
      throw PaymentJournalException.unavailable(file.toString(), failure);
    }
  }
}
