package org.earnest.payments.wire;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server of version 1 answers with 402, in the body (x402 specification version 1, section
 * 5.1).
 *
 * @param error why a payment is asked for
 * @param accepts at least one
 * @param rest members that this version does not know
 */
public record PaymentRequiredV1(
    Optional<String> error, List<PaymentRequirementsV1> accepts, ObjectNode rest)
    implements WireObject {
  public static final int X402_VERSION = 1;

  public PaymentRequiredV1 {
    accepts = List.copyOf(accepts);
    if (accepts.isEmpty()) {
      throw new WireFormatException("accepts must name at least one way to pay");
    }
    rest = rest.deepCopy();
  }

  public static PaymentRequiredV1 parse(JsonNode json) {
    Members members = Members.of("PaymentRequired", json);
    members.version(X402_VERSION);
    return new PaymentRequiredV1(
        members.optionalText("error"),
        members.list("accepts").stream().map(PaymentRequirementsV1::parse).toList(),
        members.rest());
  }

  /** What version 1 can say of it; empty where none of the chains has a name there. */
  public static Optional<PaymentRequiredV1> of(PaymentRequired required) {
    List<PaymentRequirementsV1> ways =
        required.accepts().stream()
            .flatMap(way -> PaymentRequirementsV1.of(way, required.resource()).stream())
            .toList();
    return ways.isEmpty()
        ? Optional.empty()
        : Optional.of(new PaymentRequiredV1(required.error(), ways, WireJson.object()));
  }

  /** As version 2 says it; what is sold is what the first way to pay names. */
  public PaymentRequired toV2() {
    return new PaymentRequired(
        error,
        accepts.getFirst().what(),
        accepts.stream().map(PaymentRequirementsV1::toV2).toList(),
        WireJson.object(),
        WireJson.object());
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = WireJson.object().put("x402Version", X402_VERSION);
    error.ifPresent(text -> json.put("error", text));
    ArrayNode ways = json.putArray("accepts");
    accepts.forEach(way -> ways.add(way.toJson()));
    return json.setAll(rest);
  }
}
