package org.earnest.payments.server;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths that can be spelled in one way only. Servers differ in what they make of {@code %2f},
 * {@code ;x=1}, {@code //} and dots; a path that two of them could read as two is refused, so that
 * none passes one reader as free and the next as sold.
 */
final class PathSpelling {
  static final int MAX_CHARS = 2048;

  private static final Pattern PATH =
      Pattern.compile("/|(?:/(?:[A-Za-z0-9._~@:!$&'()*+,=-]|%[0-9A-F]{2})++)++/?+");
  private static final Pattern DOTS = Pattern.compile("(?:.*/)?\\.{1,2}(?:/.*)?");
  private static final Pattern ESCAPES = Pattern.compile("(?:%[0-9A-F]{2})+");

  private PathSpelling() {}

  /**
   * The path without its escapes.
   *
   * @param raw as it was sent, without query
   * @return empty where it could be read in another way
   */
  static Optional<String> decode(String raw) {
    if (raw.length() > MAX_CHARS || !PATH.matcher(raw).matches() || DOTS.matcher(raw).matches()) {
      return Optional.empty();
    }
    StringBuilder path = new StringBuilder();
    Matcher escapes = ESCAPES.matcher(raw);
    while (escapes.find()) {
      byte[] bytes = HexFormat.of().parseHex(escapes.group().replace("%", ""));
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (!text.codePoints().allMatch(PathSpelling::needsEscape)
          || !Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))) {
        return Optional.empty();
      }
      escapes.appendReplacement(path, Matcher.quoteReplacement(text));
    }
    return Optional.of(escapes.appendTail(path).toString());
  }

  /** Letters of other scripts and a space; nothing that means something in a path. */
  private static boolean needsEscape(int character) {
    return character == ' ' || character > 0x9f;
  }
}
