package org.earnest.reputation.edge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.ProblemException;

/** Where a page ended, as an opaque word that is good for one listing of one chain. */
final class Cursor {
  private static final int MAX_LENGTH = 512;
  private static final String SEPARATOR = "|";

  private Cursor() {}

  /**
   * Writes a cursor.
   *
   * @param listing what is listed, the chain included
   */
  static String write(String listing, List<String> position) {
    String text = listing + SEPARATOR + String.join(SEPARATOR, position);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The position that a cursor of this listing holds; 400 {@code invalid_cursor} for others. */
  static List<String> read(String listing, int members, String cursor) {
    if (cursor.length() > MAX_LENGTH) {
      throw invalid();
    }
    String text;
    try {
      text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
    List<String> parts = List.of(text.split("\\|", -1));
    if (parts.size() != members + 1
        || !parts.getFirst().equals(listing)
        || !parts.stream().skip(1).allMatch(part -> part.matches("[0-9]{1,78}"))) {
      throw invalid();
    }
    return parts.subList(1, parts.size());
  }

  static ProblemException invalid() {
    return Problem.of(
            400,
            "invalid_cursor",
            "The cursor is not valid",
            "Give the member `next` of the page before as it came, to the same listing.")
        .asException();
  }
}
