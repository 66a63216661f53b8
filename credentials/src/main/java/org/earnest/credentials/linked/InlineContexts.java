package org.earnest.credentials.linked;

import java.util.Map;
import java.util.Set;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;

/**
 * What a context that is defined in place may do: give terms of its own a meaning. Whoever holds a
 * credential may append one where statements alone are signed, so it must not give keywords other
 * names, nor have members or their names left out of the statements.
 */
final class InlineContexts {
  private static final Set<String> OPTIONS =
      Set.of("@version", "@vocab", "@base", "@language", "@direction", "@protected", "@propagate");
  private static final Set<String> DEFINITION =
      Set.of("@id", "@type", "@protected", "@language", "@direction", "@prefix");
  private static final Set<String> CONTAINERS = Set.of("@set", "@list");

  /** What the base contexts call {@code @id} and {@code @type}. */
  private static final Set<String> ALIASES = Set.of("id", "type");

  private InlineContexts() {}

  static void require(JsonNode context) throws InvalidCredentialException {
    if (context.isArray()) {
      for (JsonNode item : context) {
        require(item);
      }
    } else if (context.isObject()) {
      for (Map.Entry<String, JsonNode> member : context.properties()) {
        boolean term = !member.getKey().startsWith("@");
        if (term ? ALIASES.contains(member.getKey()) : !OPTIONS.contains(member.getKey())) {
          throw refused(member.getKey());
        }
        if (term) {
          requireTerm(member.getKey(), member.getValue());
        }
      }
    } else if (!context.isString()) {
      throw refused("null");
    }
  }

  private static void requireTerm(String term, JsonNode definition)
      throws InvalidCredentialException {
    if (!definition.isObject()) {
      requireIri(term, definition);
      return;
    }
    for (Map.Entry<String, JsonNode> part : definition.properties()) {
      JsonNode value = part.getValue();
      switch (part.getKey()) {
        case "@id" -> requireIri(term, value);
        case "@context" -> require(value);
        case "@container" -> requireContainer(term, value);
        default -> {
          if (!DEFINITION.contains(part.getKey())) {
            throw refused(term);
          }
        }
      }
    }
  }

  private static void requireIri(String term, JsonNode iri) throws InvalidCredentialException {
    String text = iri.asString("");
    if (text.isEmpty() || text.startsWith("@") || ALIASES.contains(text)) {
      throw refused(term);
    }
  }

  private static void requireContainer(String term, JsonNode container)
      throws InvalidCredentialException {
    if (!CONTAINERS.contains(container.asString(""))) {
      throw refused(term);
    }
  }

  private static InvalidCredentialException refused(String term) {
    return LinkedData.undefined(
        "a context in place defines " + term + " in a way that would change what is signed");
  }
}
