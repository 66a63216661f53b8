package org.earnest.did.web;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host and a path as did:web and did:webvh write them: {@code host[%3Aport][:segment]*}.
 *
 * @param authority host and port
 * @param segments of the path, percent-encoded where they need it
 */
public record WebLocation(String authority, List<String> segments) {
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*+"
              + "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:%3[Aa]([1-9][0-9]{0,4}))?");

  /** A last label that some parsers read as a number, and so the whole as an address. */
  private static final Pattern NUMERIC_END =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)");

  private static final Pattern SEGMENT = Pattern.compile("(?:[A-Za-z0-9._-]++|%[0-9A-Fa-f]{2})++");

  /** What a server or a proxy may decode into another path. */
  private static final Pattern DANGEROUS =
      Pattern.compile("(?i).*(?:%2e|%2f|%5c|%25|%[01][0-9a-f]|%7f).*");

  private static final int MAX_HOST = 253;
  private static final int MAX_PORT = 65_535;

  public WebLocation {
    segments = List.copyOf(segments);
  }

  /**
   * Reads the text after the method's name (and after what the method puts before the host).
   *
   * @throws IllegalArgumentException when it names no host of the web, or a path that could lead
   *     elsewhere
   */
  public static WebLocation parse(String text) {
    String[] parts = text.split(":", -1);
    List<String> segments = Arrays.asList(parts).subList(1, parts.length);
    for (String segment : segments) {
      if (!SEGMENT.matcher(segment).matches()
          || DANGEROUS.matcher(segment).matches()
          || segment.equals(".")
          || segment.equals("..")) {
        throw new IllegalArgumentException("a segment of the path is not allowed");
      }
    }
    return new WebLocation(authority(parts[0]), segments);
  }

  private static String authority(String text) {
    var matcher = AUTHORITY.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a host name is expected, and a percent-encoded colon before a port");
    }
    int end = text.indexOf('%');
    String host = (end < 0 ? text : text.substring(0, end)).toLowerCase(Locale.ROOT);
    if (host.length() > MAX_HOST || NUMERIC_END.matcher(host).matches()) {
      throw new IllegalArgumentException("an IP address is not allowed in place of a host name");
    }
    String port = matcher.group(1);
    if (port != null && Integer.parseInt(port) > MAX_PORT) {
      throw new IllegalArgumentException("the port is none");
    }
    return port == null ? host : host + ":" + port;
  }

  /** Where a file of this location is: below {@code .well-known} where there is no path. */
  public URI file(String name) {
    String path = segments.isEmpty() ? ".well-known" : String.join("/", segments);
    return URI.create("https://" + authority + "/" + path + "/" + name);
  }
}
