package org.earnest.reputation.edge;

/**
 * Two words beside each other as an SVG that stands alone: no script, no style sheet, no font or
 * picture from elsewhere.
 *
 * @param label on the left
 * @param message on the right
 */
record Badge(String label, String message) {
  private static final int HEIGHT = 20;
  private static final int PER_CHARACTER = 7;
  private static final int PADDING = 10;

  String svg() {
    int left = width(label);
    int right = width(message);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" role="img" aria-labelledby="title">
        <title id="title">%3$s: %4$s</title>
        <rect width="%5$d" height="%2$d" fill="#555"/>
        <rect x="%5$d" width="%6$d" height="%2$d" fill="#1f6feb"/>
        <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
        %7$s
        %8$s
        </g>
        </svg>
        """
        .formatted(
            left + right,
            HEIGHT,
            escaped(label),
            escaped(message),
            left,
            right,
            text(label, left / 2, left),
            text(message, left + right / 2, right));
  }

  /** The length is said, since the reader's font may be any. */
  private static String text(String words, int middle, int width) {
    return "<text x=\"%d\" y=\"14\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\">%s</text>"
        .formatted(middle, width - PADDING, escaped(words));
  }

  private static int width(String words) {
    return words.codePointCount(0, words.length()) * PER_CHARACTER + PADDING;
  }

  /** Everything, whoever said it; what XML cannot hold becomes U+FFFD. */
  static String escaped(String words) {
    StringBuilder escaped = new StringBuilder();
    words
        .codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isXml(character) ? character : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  /** XML 1.0, production Char. */
  private static boolean isXml(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || (character >= 0x20 && character <= 0xD7FF)
        || (character >= 0xE000 && character <= 0xFFFD)
        || character >= 0x10000;
  }
}
