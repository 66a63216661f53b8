package org.earnest.kit.logcache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.earnest.kit.state.LockFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each range of logs in a file of its own, in a folder for each chain and filter. A file is
 * there in full or not at all. One cache at a time has the folder, and any other keeps nothing.
 */
public final class LogFiles implements LogCache {
  /** Of all files of one chain and filter; what would be more is not kept. */
  public static final long MAX_BYTES = 16L << 30;

  private static final Logger LOG = LoggerFactory.getLogger(LogFiles.class);
  private static final Pattern NAME = Pattern.compile("(\\d{19})-(\\d{19})\\.logs");
  private static final String UNFINISHED = ".unfinished";
  private static final String LOCK = "lock";
  private static final int NAMED_BYTES = 16;

  private final Path folder;
  private final CacheKey key;
  private final long maxBytes;
  private final LockFile lock;
  private final ConcurrentSkipListMap<Span, Long> sizes =
      new ConcurrentSkipListMap<>((one, other) -> Long.compare(one.from(), other.from()));
  private long bytes;
  private boolean full;

  private LogFiles(Path folder, CacheKey key, long maxBytes, LockFile lock) {
    this.folder = folder;
    this.key = key;
    this.maxBytes = maxBytes;
    this.lock = lock;
  }

  /** Keeps logs below this folder, which is made where it is missing. */
  public static LogCaches in(Path folder) {
    return key -> open(folder, key, MAX_BYTES);
  }

  static LogCache open(Path root, CacheKey key, long maxBytes) {
    String id = HexFormat.of().formatHex(key.digest(), 0, NAMED_BYTES);
    String chain = key.chain().toString().replace(':', '-');
    Path folder = root.resolve(chain + "-" + id);
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Optional<LockFile> lock = LockFile.tryLock(folder.resolve(LOCK));
      if (lock.isEmpty()) {
        LOG.warn("no logs are kept: {} is in use by another run", folder);
        return LogCaches.Nothing.KEPT;
      }
      return listed(new LogFiles(folder, key, maxBytes, lock.get()));
    } catch (IOException unusable) {
      LOG.warn("no logs are kept: {} cannot be used: {}", folder, unusable.toString());
      return LogCaches.Nothing.KEPT;
    }
  }

  private static LogFiles listed(LogFiles files) throws IOException {
    try {
      files.list();
      return files;
    } catch (IOException unusable) {
      files.close();
      throw unusable;
    }
  }

  private void list() throws IOException {
    List<Path> found;
    try (Stream<Path> all = Files.list(folder)) {
      found = all.sorted().toList();
    }
    long end = -1;
    for (Path file : found) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (file.getFileName().toString().endsWith(UNFINISHED)) {
        Files.delete(file);
      } else if (name.matches()) {
        long from = Long.parseLong(name.group(1));
        long to = Long.parseLong(name.group(2));
        if (from > end && to >= from) {
          end = to;
          added(new Span(from, to), Files.size(file));
        }
      }
    }
  }

  private void added(Span span, long size) {
    sizes.put(span, size);
    bytes += size;
  }

  @Override
  public List<Span> spans() {
    return List.copyOf(sizes.keySet());
  }

  @Override
  public Optional<LogSegment> read(Span span) {
    try {
      if (Files.size(file(span)) > SegmentFormat.MAX_FILE) {
        throw new IllegalArgumentException("the file is larger than any that was written");
      }
      return Optional.of(SegmentFormat.read(key, span, Files.readAllBytes(file(span))));
    } catch (NoSuchFileException | IllegalArgumentException damaged) {
      warnAskedAgain(span, damaged);
      drop(span);
      return Optional.empty();
    } catch (IOException passing) {
      warnAskedAgain(span, passing);
      return Optional.empty();
    }
  }

  private static void warnAskedAgain(Span span, Exception why) {
    LOG.warn(
        "kept logs of blocks {} to {} are asked for again: {}",
        span.from(),
        span.to(),
        why.toString());
  }

  @Override
  public synchronized boolean keep(LogSegment segment) {
    if (full || overlaps(segment.span())) {
      return false;
    }
    try {
      byte[] file = SegmentFormat.write(key, segment);
      if (bytes + file.length > maxBytes) {
        full = true;
        LOG.warn("no further logs are kept: there are {} bytes of them in {}", bytes, folder);
        return false;
      }
      write(file(segment.span()), file);
      added(segment.span(), file.length);
      return true;
    } catch (IllegalArgumentException large) {
      LOG.warn("blocks from {} are not kept: {}", segment.from(), large.getMessage());
      return false;
    } catch (IOException refused) {
      full = true;
      LOG.warn("no further logs are kept in {}: {}", folder, refused.toString());
      return false;
    }
  }

  private boolean overlaps(Span span) {
    Span before = sizes.floorKey(new Span(span.to(), span.to()));
    return before != null && before.to() >= span.from();
  }

  /** On the disk before it has its name, and its name on the disk before it counts. */
  private void write(Path file, byte[] content) throws IOException {
    Path unfinished = folder.resolve(file.getFileName() + UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    } catch (IOException failed) {
      Files.deleteIfExists(unfinished);
      throw failed;
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  @Override
  public synchronized void drop(Span span) {
    Long size = sizes.remove(span);
    bytes -= size == null ? 0 : size;
    try {
      Files.deleteIfExists(file(span));
    } catch (IOException kept) {
      LOG.warn("{} could not be deleted: {}", file(span), kept.toString());
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException held) {
      LOG.warn("{} stays in use until this process ends: {}", folder, held.toString());
    }
  }

  private Path file(Span span) {
    return folder.resolve("%019d-%019d.logs".formatted(span.from(), span.to()));
  }
}
