package org.earnest.reputation.file;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a file is to be had, as a stranger wrote it. */
public sealed interface FileUri {
  /** Whether it carries its file, which then never changes. */
  static boolean isInline(String text) {
    return text.regionMatches(true, 0, "data:", 0, "data:".length());
  }

  /** Longer ones are read only where they carry the file themselves. */
  int MAX_WEB_CHARS = 2048;

  Pattern IPFS = Pattern.compile("(?i)ipfs://(?:ipfs/)?([a-z0-9]{20,100})((?:/[^?#]*)?)");

  /** Would lead out of the file's folder. */
  Pattern DOTS = Pattern.compile("(?i)/(\\.|%2e){1,2}(/|$)");

  /** To be asked for over the network. */
  record Web(URI uri) implements FileUri {}

  /** The file itself. */
  record Inline(InlineData data) implements FileUri {}

  /** Nothing that is ever read. */
  record Unreadable(String code, String detail) implements FileUri {}

  /**
   * Reads it.
   *
   * @param ipfsGateway such as {@code https://gateway.example}; without one, {@code ipfs:} is not
   *     read
   */
  static FileUri parse(String text, Optional<URI> ipfsGateway) {
    String scheme = text.substring(0, Math.max(text.indexOf(':'), 0)).toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "data" -> InlineData.parse(text);
      case "ipfs" ->
          ipfsGateway
              .map(gateway -> ipfs(text, gateway))
              .orElseGet(
                  () ->
                      new Unreadable(
                          "ipfs_gateway_missing",
                          "No gateway is set that would serve ipfs: URIs."));
      case "https", "http" -> web(text);
      default -> new Unreadable("scheme_not_supported", "Only https, data and ipfs URIs are read.");
    };
  }

  private static FileUri ipfs(String text, URI gateway) {
    Matcher matcher = IPFS.matcher(text);
    if (!matcher.matches() || DOTS.matcher(text).find()) {
      return new Unreadable("uri_malformed", "An ipfs URI is ipfs://CID and a path.");
    }
    String base = gateway.toString().replaceAll("/+$", "");
    return web(base + "/ipfs/" + matcher.group(1) + matcher.group(2));
  }

  private static FileUri web(String text) {
    if (text.length() > MAX_WEB_CHARS) {
      return new Unreadable(
          "uri_too_long", "A URI has at most %d characters.".formatted(MAX_WEB_CHARS));
    }
    try {
      return new Web(URI.create(text));
    } catch (IllegalArgumentException malformed) {
      return new Unreadable("uri_malformed", "It is no URI.");
    }
  }
}
