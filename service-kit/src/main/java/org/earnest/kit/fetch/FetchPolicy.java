package org.earnest.kit.fetch;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What may be fetched, and how much of it.
 *
 * @param developmentOrigins origins such as {@code http://127.0.0.1:8080} that are exempt from
 *     https and from the address rules; for a development machine alone. No redirect leads there
 *     from another origin
 * @param maxBytes of a body
 * @param patience for the whole of it, redirects included
 */
public record FetchPolicy(Set<String> developmentOrigins, int maxBytes, Duration patience) {
  public static final int DEFAULT_MAX_BYTES = 1024 * 1024;
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);
  public static final int MAX_REDIRECTS = 3;
  public static final int MAX_URL_LENGTH = 2048;

  /** Nothing but public https. */
  public static final FetchPolicy STRICT =
      new FetchPolicy(Set.of(), DEFAULT_MAX_BYTES, DEFAULT_PATIENCE);

  public FetchPolicy {
    developmentOrigins =
        developmentOrigins.stream()
            .map(text -> origin(URI.create(text)))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The same, with these origins exempt. */
  public FetchPolicy allowing(Set<String> origins) {
    return new FetchPolicy(origins, maxBytes, patience);
  }

  boolean isDevelopment(URI uri) {
    return developmentOrigins.contains(origin(uri));
  }

  private static String origin(URI uri) {
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw new IllegalArgumentException("an origin is scheme://host:port");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int standard = scheme.equals("https") ? 443 : 80;
    int port = uri.getPort() < 0 ? standard : uri.getPort();
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }
}
