package org.earnest.kit.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Where a web page comes from, or where a server is reached (RFC 6454).
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name or an address, in lower case; an IPv6 address has its brackets
 * @param port the scheme's own where none was written
 */
public record Origin(String scheme, String host, int port) {
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final Set<String> EMPTY_PATHS = Set.of("", "/");
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int MAX_PORT = 65_535;

  public Origin {
    scheme = scheme.toLowerCase(Locale.ROOT);
    host = host.toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || host.isEmpty() || port < 1 || port > MAX_PORT) {
      throw malformed();
    }
  }

  /**
   * Reads {@code scheme://host} or {@code scheme://host:port}.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static Origin parse(String text) {
    URI uri = URI.create(text);
    boolean bare =
        EMPTY_PATHS.contains(String.valueOf(uri.getRawPath()))
            && uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (uri.getScheme() == null || uri.getHost() == null || !bare) {
      throw malformed();
    }
    boolean secure = uri.getScheme().equalsIgnoreCase("https");
    int standard = secure ? HTTPS_PORT : HTTP_PORT;
    return new Origin(
        uri.getScheme(), uri.getHost(), uri.getPort() == -1 ? standard : uri.getPort());
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("an origin is http(s)://host or http(s)://host:port");
  }
}
