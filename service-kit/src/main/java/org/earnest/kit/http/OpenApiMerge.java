package org.earnest.kit.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the documents of several services into one. Components of one name and one content are
 * shared; those of one name and different content are set apart by the service's name.
 */
final class OpenApiMerge {
  private static final String REF = "$ref";

  private final ObjectNode merged;

  OpenApiMerge(ObjectNode base) {
    this.merged = base.deepCopy();
  }

  ObjectNode merged() {
    return merged;
  }

  void add(String service, ObjectNode original) {
    ObjectNode document = original.deepCopy();
    setApart(service, document);
    copyPaths(service, document);
    for (Map.Entry<String, JsonNode> section : document.path("components").properties()) {
      ObjectNode target = merged.withObject("/components/" + section.getKey());
      section.getValue().properties().forEach(e -> target.set(e.getKey(), e.getValue()));
    }
    if (document.path("tags") instanceof ArrayNode tags) {
      merged.withArray("/tags").addAll(tags);
    }
  }

  private void copyPaths(String service, ObjectNode document) {
    ObjectNode paths = merged.withObject("/paths");
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      if (paths.has(path.getKey())) {
        throw new IllegalStateException(service + " describes a path twice: " + path.getKey());
      }
      paths.set(path.getKey(), path.getValue());
    }
  }

  private void setApart(String service, ObjectNode document) {
    for (Map.Entry<String, JsonNode> section : document.path("components").properties()) {
      ObjectNode components = (ObjectNode) section.getValue();
      for (String name : List.copyOf(components.propertyNames())) {
        JsonNode known = merged.path("components").path(section.getKey()).path(name);
        if (!known.isMissingNode() && !known.equals(components.get(name))) {
          String apart = service + "." + name;
          components.set(apart, components.remove(name));
          String prefix = "#/components/" + section.getKey() + "/";
          redirect(document, prefix + name, prefix + apart);
        }
      }
    }
  }

  private static void redirect(JsonNode node, String from, String to) {
    if (node instanceof ObjectNode object && object.path(REF).asString("").equals(from)) {
      object.put(REF, to);
    }
    List<JsonNode> children = new ArrayList<>(node.values());
    children.forEach(child -> redirect(child, from, to));
  }
}
