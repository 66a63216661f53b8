package org.earnest.credentials.linked;

import java.util.Map;
import java.util.Set;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requires a document to be written in terms. Statements are signed, but names are read: {@code
 * validUntil} written as its absolute IRI would stay signed and be overlooked.
 */
final class PlainNames {
  private static final String CONTEXT = "@context";
  private static final Set<String> KEYWORDS = Set.of("@value", "@language", "@direction", "@list");

  private PlainNames() {}

  static void require(JsonNode node) throws InvalidCredentialException {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (member.getKey().equals(CONTEXT)) {
          InlineContexts.require(member.getValue());
        } else {
          requirePlain(member.getKey(), object);
          require(member.getValue());
        }
      }
    } else {
      for (JsonNode item : node) {
        require(item);
      }
    }
  }

  private static void requirePlain(String name, ObjectNode object)
      throws InvalidCredentialException {
    boolean valueType = name.equals("@type") && object.has("@value");
    boolean keyword = name.startsWith("@") && !KEYWORDS.contains(name) && !valueType;
    if (keyword || name.indexOf(':') >= 0) {
      throw LinkedData.undefined("a member's name is an IRI or a keyword, not a term");
    }
  }
}
