package org.earnest.credentials.linked;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@link LinkedData#requireMeaning}, once for all documents of one skeleton: equal but for values
 * that are not types. Whether a term is defined does not depend on such values, as long as the
 * known contexts call types {@code type}, which those of the specifications do.
 */
public final class TermCheck {
  /** Characters of all skeletons that are remembered; strangers choose them. */
  private static final int KNOWN_CHARACTERS = 4 << 20;

  private static final int MAX_SKELETON = 16 * 1024;
  private final LinkedData linked;
  private final Cache<String, Boolean> good =
      Caffeine.newBuilder()
          .maximumWeight(KNOWN_CHARACTERS)
          .weigher((String key, Boolean known) -> key.length())
          .build();

  public TermCheck(LinkedData linked) {
    this.linked = linked;
  }

  /** As {@link LinkedData#requireMeaning}. */
  public void require(ObjectNode document) throws InvalidCredentialException {
    if (!document.path("@context").valueStream().allMatch(JsonNode::isString)) {
      // What is defined in place may call types otherwise.
      linked.requireMeaning(document);
      return;
    }
    StringBuilder skeleton = new StringBuilder();
    write(document, "", skeleton);
    String key = skeleton.toString();
    if (good.getIfPresent(key) == null) {
      linked.requireMeaning(document);
      if (key.length() <= MAX_SKELETON) {
        good.put(key, true);
      }
    }
  }

  private static void write(JsonNode node, String name, StringBuilder to) {
    if (node.isObject()) {
      to.append('{');
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        String key = member.getKey();
        to.append(key.length()).append(':').append(key);
        // A context decides everything, and is written whole.
        if (key.equals("@context")) {
          to.append(member.getValue());
        } else {
          write(member.getValue(), key, to);
        }
      }
      to.append('}');
    } else if (node.isArray()) {
      to.append('[');
      node.forEach(item -> write(item, name, to));
      to.append(']');
    } else if (node.isString() && isKept(name, node.stringValue())) {
      to.append('"').append(node.stringValue().length()).append(':').append(node.stringValue());
    } else {
      to.append(node.isString() ? '"' : node.isNull() ? '0' : '1');
    }
  }

  /** Types are terms, and a value that is no absolute name may be one where a name is wanted. */
  private static boolean isKept(String name, String value) {
    return name.equals("type") || name.startsWith("@") || value.startsWith("@");
  }
}
