package org.earnest.reputation.file;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Members of a stranger's object. One of another type than the standard's is as good as absent: a
 * file is not lost for one careless member.
 */
final class Members {
  /** Entries of a list that are looked at. */
  static final int MAX_ENTRIES = 64;

  private Members() {}

  /** Cut after so many characters; without U+0000, which PostgreSQL cannot store. */
  static Optional<String> text(JsonNode object, String member, int maxChars) {
    return Optional.ofNullable(object.get(member))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .map(text -> storable(text, maxChars));
  }

  static Optional<Boolean> truth(JsonNode object, String member) {
    return Optional.ofNullable(object.get(member))
        .filter(JsonNode::isBoolean)
        .map(JsonNode::booleanValue);
  }

  /** A whole number, which some write as text. */
  static Optional<String> digits(JsonNode object, String member) {
    return Optional.ofNullable(object.get(member))
        .filter(value -> value.isIntegralNumber() || value.isString())
        .map(value -> value.isString() ? value.stringValue() : value.bigIntegerValue().toString())
        .filter(text -> text.matches("[0-9]{1,78}"));
  }

  /** The first of a list's entries. */
  static List<JsonNode> entries(JsonNode object, String member) {
    return Optional.ofNullable(object.get(member)).filter(JsonNode::isArray).stream()
        .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
        .limit(MAX_ENTRIES)
        .toList();
  }

  /** The texts of a list, each cut after so many characters; objects stand for their names. */
  static List<String> words(JsonNode object, String member, int maxChars) {
    return entries(object, member).stream()
        .flatMap(entry -> word(entry).stream())
        .map(word -> storable(word, maxChars))
        .toList();
  }

  private static Optional<String> word(JsonNode entry) {
    return Optional.of(entry.isObject() ? entry.path("name") : entry)
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue);
  }

  static String storable(String text, int maxChars) {
    int end = Math.min(text.length(), maxChars);
    // Not between the two halves of a character.
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return wellFormed(text.substring(0, end));
  }

  /** A lone half of a character is none, and cannot be stored either. */
  private static String wellFormed(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> point == 0 || isLoneHalf(point) ? '\ufffd' : point)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isLoneHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
