package org.earnest.payments.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Where a request goes, in its one form. */
final class Origins {
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private Origins() {}

  /** Scheme, host and port. */
  static String of(URI uri) {
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw new IllegalArgumentException("an absolute address with a host is needed");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int standard = scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    int port = uri.getPort() < 0 ? standard : uri.getPort();
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  /** The host that a text names as an address; empty where it names none. */
  static Optional<String> hostOf(String text) {
    try {
      return Optional.ofNullable(new URI(text).getHost())
          .map(host -> host.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException none) {
      return Optional.empty();
    }
  }
}
