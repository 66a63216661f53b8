package org.earnest.credentials.linked;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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

  /** The processor drops a name of this form, so that anybody could add it. */
  private static final Pattern KEYWORD_FORM = Pattern.compile("@[A-Za-z]+");

  private static final Set<String> NAMES = Set.of("id", "type", "@type");
  private static final String JSON_LITERAL = "@json";

  private PlainNames() {}

  static void require(JsonNode node) throws InvalidCredentialException {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (member.getKey().equals(CONTEXT)) {
          InlineContexts.require(member.getValue());
        } else {
          requirePlain(member.getKey(), object);
          if (NAMES.contains(member.getKey())) {
            requireNames(member.getKey(), member.getValue());
          }
          require(member.getValue());
        }
      }
    } else {
      for (JsonNode item : node) {
        require(item);
      }
    }
  }

  private static void requireNames(String member, JsonNode value)
      throws InvalidCredentialException {
    boolean literal = member.equals("@type") && value.asString("").equals(JSON_LITERAL);
    if (!literal
        && (hasKeywordForm(value) || value.valueStream().anyMatch(PlainNames::hasKeywordForm))) {
      throw LinkedData.undefined("a value of " + member + " is a keyword, not a name");
    }
  }

  private static boolean hasKeywordForm(JsonNode value) {
    return value.isString() && KEYWORD_FORM.matcher(value.stringValue()).matches();
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
