package org.earnest.payments.server;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON schemas that go along with the extension {@code offer-receipt}, as the stock one ships.
 */
final class OfferReceiptSchemas {
  private static final List<String> SIGNED = List.of("format", "signature");

  private OfferReceiptSchemas() {}

  static ObjectNode offer() {
    ObjectNode schema = schema("offers");
    ObjectNode offers = schema.withObject("/properties").putObject("offers").put("type", "array");
    ObjectNode item = offers.putObject("items").put("type", "object");
    ObjectNode members = item.putObject("properties");
    type(members, "format", "string");
    type(members, "acceptIndex", "integer");
    type(members, "signature", "string");
    required(item, SIGNED);
    return schema;
  }

  static ObjectNode receipt() {
    ObjectNode schema = schema("receipt");
    ObjectNode receipt = schema.withObject("/properties").putObject("receipt");
    receipt.put("type", "object");
    ObjectNode members = receipt.putObject("properties");
    type(members, "format", "string");
    type(members, "signature", "string");
    required(receipt, SIGNED);
    return schema;
  }

  private static ObjectNode schema(String member) {
    ObjectNode schema =
        JsonNodeFactory.instance
            .objectNode()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("type", "object");
    schema.putObject("properties");
    required(schema, List.of(member));
    return schema;
  }

  private static void type(ObjectNode members, String name, String type) {
    members.putObject(name).put("type", type);
  }

  private static void required(ObjectNode schema, List<String> names) {
    ArrayNode required = schema.putArray("required");
    names.forEach(required::add);
  }
}
