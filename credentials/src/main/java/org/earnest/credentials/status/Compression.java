package org.earnest.credentials.status;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/** Compressed lists as base64url without padding. A list that would unfold without end is none. */
enum Compression {
  /** RFC 1952. */
  GZIP {
    @Override
    InputStream reading(InputStream compressed) throws IOException {
      return new GZIPInputStream(compressed);
    }

    @Override
    OutputStream writing(OutputStream compressed) throws IOException {
      return new GZIPOutputStream(compressed);
    }
  },
  /** RFC 1950. */
  ZLIB {
    @Override
    InputStream reading(InputStream compressed) {
      return new InflaterInputStream(compressed);
    }

    @Override
    OutputStream writing(OutputStream compressed) {
      Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
      return new DeflaterOutputStream(compressed, deflater) {
        @Override
        public void close() throws IOException {
          try {
            super.close();
          } finally {
            // The stream ends its own alone.
            deflater.end();
          }
        }
      };
    }
  };

  /** Characters of a compressed list. */
  static final int MAX_TEXT = 256 * 1024;

  /** Bytes of a list: eight million entries of a bit. */
  static final int MAX_BYTES = 1024 * 1024;

  abstract InputStream reading(InputStream compressed) throws IOException;

  abstract OutputStream writing(OutputStream compressed) throws IOException;

  /** The list, or empty where the text is none or is one that is too long. */
  Optional<byte[]> read(String text) {
    if (text.length() > MAX_TEXT || text.indexOf('=') >= 0) {
      return Optional.empty();
    }
    try (InputStream list =
        reading(new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
      byte[] bytes = list.readNBytes(MAX_BYTES + 1);
      return bytes.length > MAX_BYTES ? Optional.empty() : Optional.of(bytes);
    } catch (IOException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  String write(byte[] list) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream compressed = writing(bytes)) {
      compressed.write(list);
    } catch (IOException impossible) {
      throw new IllegalStateException("nothing is written but memory", impossible);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }
}
