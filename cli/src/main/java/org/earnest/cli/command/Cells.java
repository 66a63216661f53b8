package org.earnest.cli.command;

import tools.jackson.databind.JsonNode;

/** What a table shows of an answer. */
final class Cells {
  private static final int HEAD = 6;
  private static final int TAIL = 4;

  private Cells() {}

  static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  /** An address or hash by its beginning and end. */
  static String brief(String address) {
    return address.length() > HEAD + TAIL
        ? address.substring(0, HEAD) + "…" + address.substring(address.length() - TAIL)
        : address;
  }

  /** Strangers choose their texts, and may choose what steers a terminal. */
  static String printable(String text) {
    return text.codePoints()
        .map(point -> steers(point) ? '?' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The same, cut to a width. */
  static String printable(String text, int width) {
    String whole = printable(text);
    return whole.codePointCount(0, whole.length()) <= width
        ? whole
        : whole.substring(0, whole.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static boolean steers(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
