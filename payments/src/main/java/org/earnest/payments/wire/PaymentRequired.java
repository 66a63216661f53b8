package org.earnest.payments.wire;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server answers with 402: what is for sale, and how it may be paid.
 *
 * @param error why the last payment was not taken
 * @param accepts at least one
 * @param extensions by name, each with {@code info} and {@code schema}; empty where absent
 * @param rest members that this version does not know
 */
public record PaymentRequired(
    Optional<String> error,
    ResourceInfo resource,
    List<PaymentRequirements> accepts,
    ObjectNode extensions,
    ObjectNode rest)
    implements WireObject {
  public PaymentRequired {
    accepts = List.copyOf(accepts);
    if (accepts.isEmpty()) {
      throw new WireFormatException("accepts must name at least one way to pay");
    }
    extensions = extensions.deepCopy();
    rest = rest.deepCopy();
  }

  public static PaymentRequired of(
      String error, ResourceInfo resource, List<PaymentRequirements> accepts) {
    return new PaymentRequired(
        Optional.of(error), resource, accepts, WireJson.object(), WireJson.object());
  }

  public static PaymentRequired parse(JsonNode json) {
    Members members = Members.of("PaymentRequired", json);
    members.version();
    return new PaymentRequired(
        members.optionalText("error"),
        ResourceInfo.parse(members.required("resource")),
        members.list("accepts").stream().map(PaymentRequirements::parse).toList(),
        members.objectOrEmpty("extensions"),
        members.rest());
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = WireJson.object().put("x402Version", PaymentHeaders.X402_VERSION);
    error.ifPresent(text -> json.put("error", text));
    json.set("resource", resource.toJson());
    ArrayNode ways = json.putArray("accepts");
    accepts.forEach(way -> ways.add(way.toJson()));
    if (!extensions.isEmpty()) {
      json.set("extensions", extensions.deepCopy());
    }
    return json.setAll(rest);
  }
}
