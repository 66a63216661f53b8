package org.earnest.payments.wire;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client's payment.
 *
 * @param resource what is bought, as the server described it
 * @param accepted the offer that the client chose
 * @param payload what the scheme needs, such as {@link ExactEvmPayload}
 * @param extensions echoed from the server, with the client's additions; empty where absent
 * @param rest members that this version does not know
 */
public record PaymentPayload(
    Optional<ResourceInfo> resource,
    PaymentRequirements accepted,
    ObjectNode payload,
    ObjectNode extensions,
    ObjectNode rest)
    implements WireObject {
  public PaymentPayload {
    payload = payload.deepCopy();
    extensions = extensions.deepCopy();
    rest = rest.deepCopy();
  }

  /** A payment for one of the offers of a 402, with its extensions echoed. */
  public static PaymentPayload of(
      PaymentRequired required, PaymentRequirements accepted, ObjectNode payload) {
    return new PaymentPayload(
        Optional.of(required.resource()),
        accepted,
        payload,
        required.extensions(),
        WireJson.object());
  }

  /** The same with these extensions. */
  public PaymentPayload extended(ObjectNode other) {
    return new PaymentPayload(resource, accepted, payload, other, rest);
  }

  public static PaymentPayload parse(JsonNode json) {
    Members members = Members.of("PaymentPayload", json);
    members.version();
    return new PaymentPayload(
        members.optional("resource").map(ResourceInfo::parse),
        PaymentRequirements.parse(members.required("accepted")),
        members.object("payload"),
        members.objectOrEmpty("extensions"),
        members.rest());
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = WireJson.object().put("x402Version", PaymentHeaders.X402_VERSION);
    resource.ifPresent(what -> json.set("resource", what.toJson()));
    json.set("accepted", accepted.toJson());
    json.set("payload", payload.deepCopy());
    if (!extensions.isEmpty()) {
      json.set("extensions", extensions.deepCopy());
    }
    return json.setAll(rest);
  }
}
