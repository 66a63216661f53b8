package org.earnest.payments.wire;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client's payment in version 1 (x402 specification version 1, section 5.2), which does not
 * repeat the offer that it accepts.
 *
 * @param network a name, such as {@code base-sepolia}
 * @param payload what the scheme needs, such as {@link ExactEvmPayload}
 * @param rest members that this version does not know
 */
public record PaymentPayloadV1(String scheme, String network, ObjectNode payload, ObjectNode rest)
    implements WireObject {
  public PaymentPayloadV1 {
    payload = payload.deepCopy();
    rest = rest.deepCopy();
  }

  public static PaymentPayloadV1 parse(JsonNode json) {
    Members members = Members.of("PaymentPayload", json);
    members.version(PaymentRequiredV1.X402_VERSION);
    return new PaymentPayloadV1(
        members.text("scheme"), members.text("network"), members.object("payload"), members.rest());
  }

  /** As version 1 says it; a chain that has no name there keeps its CAIP-2 identifier. */
  public static PaymentPayloadV1 of(PaymentPayload payment) {
    String network = payment.accepted().network();
    return new PaymentPayloadV1(
        payment.accepted().scheme(),
        NetworksV1.name(network).orElse(network),
        payment.payload(),
        WireJson.object());
  }

  /** As version 2 says it, against the offer that it was found to accept. */
  public PaymentPayload toV2(PaymentRequirements accepted) {
    return new PaymentPayload(
        Optional.empty(), accepted, payload, WireJson.object(), WireJson.object());
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json =
        WireJson.object()
            .put("x402Version", PaymentRequiredV1.X402_VERSION)
            .put("scheme", scheme)
            .put("network", network);
    json.set("payload", payload.deepCopy());
    return json.setAll(rest);
  }
}
