package org.earnest.credentials.model;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Texts for people: {@code name} and {@code description} (VC Data Model 2.0 §4.6, §11.1). */
final class LanguageValues {
  private static final Set<String> MEMBERS = Set.of("@value", "@language", "@direction");
  private static final Set<String> DIRECTIONS = Set.of("ltr", "rtl");

  private LanguageValues() {}

  /** Requires the names and descriptions of an object, where it has any, to be well-formed. */
  static void require(ObjectNode object) throws InvalidCredentialException {
    for (String name : List.of("name", "description")) {
      for (JsonNode value : Members.values(object, name)) {
        require(name, value);
      }
    }
  }

  private static void require(String name, JsonNode value) throws InvalidCredentialException {
    boolean good = value.isString() || (value instanceof ObjectNode text && isWithLanguage(text));
    if (!good) {
      throw Members.invalid(name + " must be text, or text with its language and direction");
    }
  }

  private static boolean isWithLanguage(ObjectNode value) {
    return value.path("@value").isString()
        && MEMBERS.containsAll(value.propertyNames())
        && isText(value, "@language")
        && isText(value, "@direction")
        && DIRECTIONS.contains(value.path("@direction").asString("ltr"));
  }

  private static boolean isText(JsonNode value, String member) {
    return !value.has(member) || value.get(member).isString();
  }
}
