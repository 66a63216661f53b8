package org.earnest.reputation.file;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * What a {@code data:} URI carries (RFC 2397). Its media type is not asked for: it is JSON or not.
 */
record InlineData(Content content) {
  private static final String BASE64 = ";base64";

  static FileUri parse(String text) {
    int comma = text.indexOf(',');
    if (comma < 0) {
      return malformed("A data URI has a comma before its data.");
    }
    String head = text.substring(0, comma).toLowerCase(Locale.ROOT);
    String body = text.substring(comma + 1);
    try {
      byte[] plain = percentDecoded(body);
      byte[] bytes = head.endsWith(BASE64) ? Base64.getDecoder().decode(plain) : plain;
      return bytes.length > FileSource.MAX_BYTES
          ? new FileUri.Unreadable("body_too_large", FileSource.TOO_LARGE)
          : new FileUri.Inline(new InlineData(new Content(bytes)));
    } catch (IllegalArgumentException malformed) {
      return malformed("The data of the URI is encoded wrongly.");
    }
  }

  /** A plus is a plus: this is no form. */
  private static byte[] percentDecoded(String body) {
    // Characters beyond ASCII may not stand there, and mean themselves in UTF-8 where they do.
    String bytes = new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return URLDecoder.decode(bytes.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static FileUri malformed(String detail) {
    return new FileUri.Unreadable("uri_malformed", detail);
  }
}
