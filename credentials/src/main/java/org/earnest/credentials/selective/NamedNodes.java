package org.earnest.credentials.selective;

import java.util.Map;
import java.util.UUID;
import org.earnest.credentials.linked.Statement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives every nameless node of a document a name for a while, so that it is known again in a part
 * of the document. The specification does so by way of expansion and compaction (Data Integrity
 * ECDSA Cryptosuites 1.0 §3.4.7, §3.4.8); written into the document as it is, the names leave its
 * arrays as pointers see them.
 */
final class NamedNodes {
  // Nobody else knows the names, so no document has them already.
  private final String prefix = "urn:bnid:" + UUID.randomUUID() + ":";
  private int count;

  ObjectNode named(ObjectNode document) {
    ObjectNode named = document.objectNode();
    boolean node = !document.has("@value") && !document.has("@list");
    if (node && !document.has("id")) {
      named.put("id", prefix + count++);
    }
    for (Map.Entry<String, JsonNode> member : document.properties()) {
      named.set(
          member.getKey(),
          member.getKey().equals("@context") ? member.getValue() : named(member.getValue()));
    }
    return named;
  }

  private JsonNode named(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return named(object);
    }
    if (value instanceof ArrayNode array) {
      ArrayNode items = array.arrayNode();
      array.forEach(item -> items.add(named(item)));
      return items;
    }
    return value;
  }

  /** The statement with nameless nodes again, under labels that stay the same for this document. */
  Statement unnamed(Statement statement) {
    return statement.renamed(
        name -> name.startsWith(prefix) ? "_:b" + name.substring(prefix.length()) : name);
  }
}
