package org.earnest.payments.wire;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One way to pay, in version 1 (x402 specification version 1, section 5.1), which names the
 * resource with each way.
 *
 * @param network a name, such as {@code base-sepolia}
 * @param maxAmountRequired atomic units of the asset; under scheme {@code exact} the price
 * @param resource address of what is sold
 * @param description empty where absent
 * @param extra what the scheme adds; empty where absent
 * @param rest members that this version does not know
 */
public record PaymentRequirementsV1(
    String scheme,
    String network,
    BigInteger maxAmountRequired,
    String resource,
    String description,
    Optional<String> mimeType,
    Optional<JsonNode> outputSchema,
    String payTo,
    long maxTimeoutSeconds,
    String asset,
    ObjectNode extra,
    ObjectNode rest)
    implements WireObject {
  public PaymentRequirementsV1 {
    outputSchema = outputSchema.map(JsonNode::deepCopy);
    extra = extra.deepCopy();
    rest = rest.deepCopy();
  }

  public static PaymentRequirementsV1 parse(JsonNode json) {
    Members members = Members.of("requirements", json);
    return new PaymentRequirementsV1(
        members.text("scheme"),
        members.text("network"),
        members.uint("maxAmountRequired"),
        members.text("resource"),
        members.optionalText("description").orElse(""),
        members.optionalText("mimeType"),
        members.optional("outputSchema"),
        members.text("payTo"),
        members.positive("maxTimeoutSeconds"),
        members.text("asset"),
        members.objectOrEmpty("extra"),
        members.rest());
  }

  /** The same way to pay as version 1 says it; empty for a chain that has no name there. */
  public static Optional<PaymentRequirementsV1> of(PaymentRequirements way, ResourceInfo what) {
    return NetworksV1.name(way.network())
        .map(
            network ->
                new PaymentRequirementsV1(
                    way.scheme(),
                    network,
                    way.amount(),
                    what.url(),
                    what.description().orElse(""),
                    what.mimeType(),
                    Optional.empty(),
                    way.payTo(),
                    way.maxTimeoutSeconds(),
                    way.asset(),
                    way.extra(),
                    WireJson.object()));
  }

  /** As version 2 says it; a network without a known name keeps the one it has. */
  PaymentRequirements toV2() {
    return new PaymentRequirements(
        scheme,
        NetworksV1.caip2(network).orElse(network),
        maxAmountRequired,
        asset,
        payTo,
        maxTimeoutSeconds,
        extra,
        WireJson.object());
  }

  /** What is sold, as version 2 says it. */
  ResourceInfo what() {
    return new ResourceInfo(
        resource,
        description.isEmpty() ? Optional.empty() : Optional.of(description),
        mimeType,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        WireJson.object());
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json =
        WireJson.object()
            .put("scheme", scheme)
            .put("network", network)
            .put("maxAmountRequired", maxAmountRequired.toString())
            .put("resource", resource)
            .put("description", description);
    mimeType.ifPresent(text -> json.put("mimeType", text));
    outputSchema.ifPresent(schema -> json.set("outputSchema", schema.deepCopy()));
    json.put("payTo", payTo).put("maxTimeoutSeconds", maxTimeoutSeconds).put("asset", asset);
    if (!extra.isEmpty()) {
      json.set("extra", extra.deepCopy());
    }
    return json.setAll(rest);
  }
}
