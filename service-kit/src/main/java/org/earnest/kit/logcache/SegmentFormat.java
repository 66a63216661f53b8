package org.earnest.kit.logcache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;

/**
 * A segment in a file: what it is, its logs deflated (RFC 1950), and the SHA-256 of all that. The
 * checksum finds what a disk or a hand has changed; it keeps no secret.
 */
final class SegmentFormat {
  /** Of a file's logs before they are deflated; more is not kept, and not believed. */
  static final int MAX_UNPACKED = 256 << 20;

  /** Of a file: deflating adds some bytes to what cannot be made smaller. */
  static final int MAX_FILE = 257 << 20;

  private static final byte[] MAGIC = "EARNLOG2".getBytes(US_ASCII);
  private static final int HASH = 32;
  private static final int HEAD = MAGIC.length + HASH + 2 * Long.BYTES + HASH + Integer.BYTES;

  /** Better ones save a tenth of the bytes for several times the work. */
  private static final int LEVEL = Deflater.BEST_SPEED;

  private static final int PIECE = 1 << 16;

  private SegmentFormat() {}

  /**
   * The file's bytes.
   *
   * @throws IllegalArgumentException when they would be more than {@link #MAX_UNPACKED}
   */
  static byte[] write(CacheKey key, LogSegment segment) {
    byte[] logs = SegmentLogs.write(segment.logs());
    byte[] deflated = deflate(logs);
    ByteBuffer file = ByteBuffer.allocate(HEAD + deflated.length + HASH);
    file.put(MAGIC).put(key.digest()).putLong(segment.from()).putLong(segment.end().number());
    file.put(segment.end().hash().bytes()).putInt(logs.length).put(deflated);
    file.put(digest(file.array(), file.position()));
    return file.array();
  }

  /**
   * Reads them again.
   *
   * @throws IllegalArgumentException when this is not what was written for this key and span
   */
  static LogSegment read(CacheKey key, Span span, byte[] bytes) {
    int end = bytes.length - HASH;
    if (end < HEAD
        || !MessageDigest.isEqual(
            digest(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length))) {
      throw new IllegalArgumentException("its checksum is another");
    }
    try {
      ByteBuffer file = ByteBuffer.wrap(bytes, 0, end);
      require(Arrays.equals(take(file, MAGIC.length), MAGIC), "it is of another form");
      require(Arrays.equals(take(file, HASH), key.digest()), "it belongs to other logs");
      require(new Span(file.getLong(), file.getLong()).equals(span), "it has another range");
      Caip2ChainId chain = key.chain();
      BlockRef last = new BlockRef(chain, span.to(), Hash32.of(take(file, HASH)));
      byte[] logs = inflate(file, file.getInt());
      return new LogSegment(span.from(), last, SegmentLogs.read(chain, ByteBuffer.wrap(logs)));
    } catch (BufferUnderflowException | IndexOutOfBoundsException | DataFormatException torn) {
      throw new IllegalArgumentException("it ends within a log", torn);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  private static byte[] digest(byte[] bytes, int length) {
    MessageDigest sha = sha256();
    sha.update(bytes, 0, length);
    return sha.digest();
  }

  private static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater(LEVEL);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] piece = new byte[PIECE];
      while (!deflater.finished()) {
        out.write(piece, 0, deflater.deflate(piece));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflate(ByteBuffer deflated, int length) throws DataFormatException {
    require(length >= 0 && length <= MAX_UNPACKED, "it unpacks to too much");
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated);
      byte[] bytes = new byte[length];
      int at = 0;
      while (at < length) {
        int more = inflater.inflate(bytes, at, length - at);
        require(more > 0, "it unpacks to less than it says");
        at += more;
      }
      return bytes;
    } finally {
      inflater.end();
    }
  }

  private static byte[] take(ByteBuffer from, int length) {
    byte[] bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
