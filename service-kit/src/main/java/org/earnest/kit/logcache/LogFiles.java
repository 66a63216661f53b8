package org.earnest.kit.logcache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each range of logs in a file of its own, in a folder for each chain and filter. A file is
 * there in full or not at all; one process at a time may use the folder.
 */
public final class LogFiles implements LogCache {
  /** Of all files of one chain and filter; what would be more is not kept. */
  public static final long MAX_BYTES = 16L << 30;

  private static final Logger LOG = LoggerFactory.getLogger(LogFiles.class);
  private static final Pattern NAME = Pattern.compile("(\\d{19})-(\\d{19})\\.logs");
  private static final String UNFINISHED = ".unfinished";
  private static final int NAMED_BYTES = 16;

  private final Path folder;
  private final CacheKey key;
  private final long maxBytes;
  private final Map<Span, Long> sizes =
      new ConcurrentSkipListMap<>((one, other) -> Long.compare(one.from(), other.from()));
  private long bytes;
  private boolean full;

  private LogFiles(Path folder, CacheKey key, long maxBytes) {
    this.folder = folder;
    this.key = key;
    this.maxBytes = maxBytes;
  }

  /** Keeps logs below this folder, which is made where it is missing. */
  public static LogCaches in(Path folder) {
    return key -> open(folder, key, MAX_BYTES);
  }

  static LogCache open(Path root, CacheKey key, long maxBytes) {
    String id = HexFormat.of().formatHex(key.digest(), 0, NAMED_BYTES);
    String chain = key.chain().toString().replace(':', '-');
    LogFiles files = new LogFiles(root.resolve(chain + "-" + id), key, maxBytes);
    try {
      Files.createDirectories(
          files.folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      files.list();
      return files;
    } catch (IOException unusable) {
      LOG.warn("no logs are kept: {} cannot be used: {}", files.folder, unusable.toString());
      return LogCaches.Nothing.KEPT;
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
      if (Files.size(file(span)) > SegmentFormat.MAX_UNPACKED) {
        throw new IllegalArgumentException("the file is larger than any that was written");
      }
      return Optional.of(SegmentFormat.read(key, span, Files.readAllBytes(file(span))));
    } catch (IOException | IllegalArgumentException torn) {
      LOG.warn(
          "kept logs of blocks {} to {} are asked for again: {}",
          span.from(),
          span.to(),
          torn.toString());
      drop(span);
      return Optional.empty();
    }
  }

  @Override
  public synchronized boolean keep(LogSegment segment) {
    if (full) {
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

  private Path file(Span span) {
    return folder.resolve("%019d-%019d.logs".formatted(span.from(), span.to()));
  }
}
