package org.earnest.credentials.linked;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** JSON as the processor of JSON-LD takes it. */
final class JakartaJson {
  // Found once: the static methods of jakarta.json.Json look for a provider at every call.
  private static final JsonProvider JSON = JsonProvider.provider();

  private JakartaJson() {}

  /** The object, but for one of its members. */
  static JsonObject without(String name, JsonNode node) {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!member.getKey().equals(name)) {
        object.add(member.getKey(), of(member.getValue()));
      }
    }
    return object.build();
  }

  static JsonValue of(JsonNode node) {
    if (node.isObject()) {
      JsonObjectBuilder object = JSON.createObjectBuilder();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        object.add(member.getKey(), of(member.getValue()));
      }
      return object.build();
    }
    if (node.isArray()) {
      JsonArrayBuilder array = JSON.createArrayBuilder();
      node.forEach(item -> array.add(of(item)));
      return array.build();
    }
    if (node.isString()) {
      return JSON.createValue(node.stringValue());
    }
    if (node.isNumber()) {
      return JSON.createValue(node.decimalValue());
    }
    if (node.isBoolean()) {
      return node.booleanValue() ? JsonValue.TRUE : JsonValue.FALSE;
    }
    return JsonValue.NULL;
  }
}
