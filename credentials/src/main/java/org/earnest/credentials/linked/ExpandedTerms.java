package org.earnest.credentials.linked;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earnest.credentials.model.InvalidCredentialException;

/**
 * Looks for what would be dropped when expanded JSON-LD becomes statements: names that are relative
 * or no names at all.
 */
final class ExpandedTerms {
  private static final Set<String> LEAVES = Set.of("@value", "@language", "@direction", "@index");
  private final Set<String> keywords;

  private ExpandedTerms(Set<String> keywords) {
    this.keywords = keywords;
  }

  /** Requires types to be absolute. */
  static void requireTypes(JsonValue expanded) throws InvalidCredentialException {
    new ExpandedTerms(Set.of("@type")).require(expanded);
  }

  /** Requires types and ids to be absolute. */
  static void requireNames(JsonValue expanded) throws InvalidCredentialException {
    new ExpandedTerms(Set.of("@type", "@id")).require(expanded);
  }

  private void require(JsonValue value) throws InvalidCredentialException {
    if (value instanceof JsonArray array) {
      for (JsonValue item : array) {
        require(item);
      }
    } else if (value instanceof JsonObject object && !isJsonLiteral(object)) {
      for (Map.Entry<String, JsonValue> member : object.entrySet()) {
        require(member.getKey(), member.getValue());
      }
    }
  }

  private static boolean isJsonLiteral(JsonObject object) {
    return object.get("@type") instanceof JsonString type && type.getString().equals("@json");
  }

  private void require(String name, JsonValue value) throws InvalidCredentialException {
    if (keywords.contains(name)) {
      for (JsonValue item : value instanceof JsonArray array ? array : List.of(value)) {
        requireAbsolute(name, item);
      }
    } else if (name.startsWith("_:")) {
      throw LinkedData.undefined("a property without a name is no statement");
    } else if (!LEAVES.contains(name)) {
      require(value);
    }
  }

  private static void requireAbsolute(String keyword, JsonValue value)
      throws InvalidCredentialException {
    boolean absolute =
        value instanceof JsonString text
            && text.getString().indexOf(':') > 0
            && !text.getString().startsWith("@");
    if (!absolute) {
      throw LinkedData.undefined(
          (keyword.equals("@type") ? "a type" : "an id")
              + " is not an absolute URL, nor a term that a context defines");
    }
  }
}
