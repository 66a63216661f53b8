package org.earnest.core.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A DID URL (DID Core §3.2): a DID with an optional path, query and fragment.
 *
 * @param path begins with a slash
 * @param query without the question mark
 * @param fragment without the number sign
 */
public record DidUrl(
    Did did, Optional<String> path, Optional<String> query, Optional<String> fragment) {
  // Runs are taken whole, so that a long text cannot exhaust the matcher's stack.
  private static final Pattern PATH =
      Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]++|%[0-9A-Fa-f]{2})*+");
  private static final Pattern QUERY_OR_FRAGMENT =
      Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]++|%[0-9A-Fa-f]{2})*+");

  /** Refuses what RFC 3986 does not allow in these parts. */
  public DidUrl {
    if (!path.map(part -> PATH.matcher(part).matches()).orElse(true)
        || !query.map(DidUrl::isQueryOrFragment).orElse(true)
        || !fragment.map(DidUrl::isQueryOrFragment).orElse(true)) {
      throw new IllegalArgumentException("not a DID URL: a character needs percent-encoding");
    }
  }

  public static DidUrl parse(String text) {
    if (text.length() > Did.MAX_LENGTH) {
      throw new IllegalArgumentException("a DID URL has at most " + Did.MAX_LENGTH + " characters");
    }
    String rest = text;
    Optional<String> fragment = after(rest, '#');
    rest = before(rest, '#');
    Optional<String> query = after(rest, '?');
    rest = before(rest, '?');
    Optional<String> path = after(rest, '/').map(tail -> "/" + tail);
    return new DidUrl(new Did(before(rest, '/')), path, query, fragment);
  }

  private static boolean isQueryOrFragment(String part) {
    return QUERY_OR_FRAGMENT.matcher(part).matches();
  }

  private static Optional<String> after(String text, char mark) {
    int at = text.indexOf(mark);
    return at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1));
  }

  private static String before(String text, char mark) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(0, at);
  }

  @Override
  public String toString() {
    return did
        + path.orElse("")
        + query.map(q -> "?" + q).orElse("")
        + fragment.map(f -> "#" + f).orElse("");
  }
}
