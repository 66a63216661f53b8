package org.earnest.payments.wire;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server asks of a facilitator, at {@code /verify} and {@code /settle} alike.
 *
 * @param payment as the client sent it
 * @param requirements the server's own offer, not the client's word for it
 * @param rest members that this version does not know
 */
public record FacilitatorRequest(
    PaymentPayload payment, PaymentRequirements requirements, ObjectNode rest)
    implements WireObject {
  public FacilitatorRequest {
    rest = rest.deepCopy();
  }

  public static FacilitatorRequest of(PaymentPayload payment, PaymentRequirements requirements) {
    return new FacilitatorRequest(payment, requirements, WireJson.object());
  }

  public static FacilitatorRequest parse(JsonNode json) {
    Members members = Members.of("request", json);
    members.version();
    return new FacilitatorRequest(
        PaymentPayload.parse(members.required("paymentPayload")),
        PaymentRequirements.parse(members.required("paymentRequirements")),
        members.rest());
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = WireJson.object().put("x402Version", PaymentHeaders.X402_VERSION);
    json.set("paymentPayload", payment.toJson());
    json.set("paymentRequirements", requirements.toJson());
    return json.setAll(rest);
  }
}
