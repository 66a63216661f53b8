package org.earnest.credentials.linked;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What expanded JSON-LD says that its top is. It says so nowhere else, which {@link ModelMembers}
 * holds.
 */
final class ExpandedTypes {
  /** The second is the first as a statement, and a term may be defined as it. */
  private static final List<String> TYPE =
      List.of("@type", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type");

  private ExpandedTypes() {}

  static Set<String> of(JsonArray expanded) {
    return expanded.stream()
        .flatMap(ExpandedTypes::types)
        .flatMap(ExpandedTypes::names)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<JsonValue> types(JsonValue node) {
    return node instanceof JsonObject object
        ? TYPE.stream().filter(object::containsKey).map(object::get)
        : Stream.empty();
  }

  /** Of a name, of a node or of many of them. */
  private static Stream<String> names(JsonValue type) {
    return switch (type) {
      case JsonString text -> Stream.of(text.getString());
      case JsonArray array -> array.stream().flatMap(ExpandedTypes::names);
      case JsonObject node -> node.values().stream().flatMap(ExpandedTypes::names);
      default -> Stream.empty();
    };
  }
}
