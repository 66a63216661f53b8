package org.earnest.bindings.rpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Answers that come compressed (RFC 9110 §8.4): gzip, which every node offers that offers any. */
final class ContentCoding {
  static final String GZIP = "gzip";

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  private ContentCoding() {}

  /** On one machine nothing is gained by it, and it takes processor time twice. */
  static boolean pays(URI url) {
    return !LOOPBACK.matcher(String.valueOf(url.getHost())).matches();
  }

  /**
   * The body as it was before it was compressed.
   *
   * @throws BodyTooLargeException when that is more than {@code maxBytes}
   * @throws IOException when it is cut off or damaged, or in a coding that was not asked for
   */
  static byte[] decoded(HttpHeaders headers, byte[] body, int maxBytes) throws IOException {
    String coding =
        String.join(",", headers.allValues("Content-Encoding")).strip().toLowerCase(Locale.ROOT);
    return switch (coding) {
      case "", "identity" -> body;
      case GZIP, "x-gzip" -> inflated(body, maxBytes);
      default -> throw new IOException("the answer is in a content coding that nobody asked for");
    };
  }

  private static byte[] inflated(byte[] body, int maxBytes) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] inflated = in.readNBytes(maxBytes);
      if (in.read() >= 0) {
        throw new BodyTooLargeException(maxBytes);
      }
      return inflated;
    }
  }
}
