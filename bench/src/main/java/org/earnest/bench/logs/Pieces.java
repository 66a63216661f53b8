package org.earnest.bench.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** An answer in pieces, most of which were written long before. */
final class Pieces {
  private final List<byte[]> pieces = new ArrayList<>();
  private long length;

  Pieces add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  Pieces add(byte[] written) {
    pieces.add(written);
    length += written.length;
    return this;
  }

  Pieces add(Pieces others) {
    others.pieces.forEach(this::add);
    return this;
  }

  long length() {
    return length;
  }

  void writeTo(OutputStream out) throws IOException {
    for (byte[] piece : pieces) {
      out.write(piece);
    }
  }

  /** All of it in gzip. */
  Pieces compressed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      writeTo(out);
    }
    return new Pieces().add(bytes.toByteArray());
  }
}
