package org.earnest.core.identity;

import java.util.Optional;

/**
 * A DID URL (DID Core §3.2): a DID with an optional path, query and fragment.
 *
 * @param path begins with a slash
 * @param query without the question mark
 * @param fragment without the number sign
 */
public record DidUrl(
    Did did, Optional<String> path, Optional<String> query, Optional<String> fragment) {
  private static final String PRINTABLE = "[\\x21-\\x7e]*";

  public static DidUrl parse(String text) {
    if (text.length() > Did.MAX_LENGTH || !text.matches(PRINTABLE)) {
      throw new IllegalArgumentException("not a DID URL");
    }
    String rest = text;
    Optional<String> fragment = after(rest, '#');
    rest = before(rest, '#');
    Optional<String> query = after(rest, '?');
    rest = before(rest, '?');
    Optional<String> path = after(rest, '/').map(tail -> "/" + tail);
    return new DidUrl(new Did(before(rest, '/')), path, query, fragment);
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
