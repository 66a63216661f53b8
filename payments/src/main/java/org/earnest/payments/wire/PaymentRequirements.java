package org.earnest.payments.wire;

import java.math.BigInteger;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One way in which a server takes payment. Network, asset and payee are text here, since a server
 * may offer chains that the reader does not know.
 *
 * @param network CAIP-2
 * @param amount atomic units of the asset
 * @param maxTimeoutSeconds how long the server may take until settlement
 * @param extra what the scheme adds; empty where absent
 * @param rest members that this version does not know
 */
public record PaymentRequirements(
    String scheme,
    String network,
    BigInteger amount,
    String asset,
    String payTo,
    long maxTimeoutSeconds,
    ObjectNode extra,
    ObjectNode rest)
    implements WireObject {
  /** Stock sellers who claim what their channels owe give themselves 0 seconds. */
  private static final String OF_CHANNELS = "batch-settlement";

  public PaymentRequirements {
    extra = extra.deepCopy();
    rest = rest.deepCopy();
  }

  public static PaymentRequirements parse(JsonNode json) {
    Members members = Members.of("requirements", json);
    String scheme = members.text("scheme");
    return new PaymentRequirements(
        scheme,
        members.text("network"),
        members.uint("amount"),
        members.text("asset"),
        members.text("payTo"),
        scheme.equals(OF_CHANNELS)
            ? members.notNegative("maxTimeoutSeconds")
            : members.positive("maxTimeoutSeconds"),
        members.objectOrEmpty("extra"),
        members.rest());
  }

  /**
   * Whether a client's {@code accepted} is this offer: every member equal; keys that the client
   * added to {@code extra} are allowed, the server's own must be unaltered.
   */
  public boolean isAcceptedAs(PaymentRequirements accepted) {
    return scheme.equals(accepted.scheme)
        && network.equals(accepted.network)
        && amount.equals(accepted.amount)
        && asset.equals(accepted.asset)
        && payTo.equals(accepted.payTo)
        && maxTimeoutSeconds == accepted.maxTimeoutSeconds
        && extra.properties().stream()
            .allMatch((Map.Entry<String, JsonNode> own) -> unaltered(own, accepted.extra));
  }

  /** The same with more in {@code extra}. */
  public PaymentRequirements saying(ObjectNode more) {
    ObjectNode both = extra.deepCopy();
    both.setAll(more);
    return new PaymentRequirements(
        scheme, network, amount, asset, payTo, maxTimeoutSeconds, both, rest);
  }

  /** The same for another amount, in atomic units. */
  public PaymentRequirements costing(BigInteger atomicUnits) {
    return new PaymentRequirements(
        scheme, network, atomicUnits, asset, payTo, maxTimeoutSeconds, extra, rest);
  }

  private static boolean unaltered(Map.Entry<String, JsonNode> own, ObjectNode theirs) {
    JsonNode value = theirs.get(own.getKey());
    return value != null && own.getValue().equals(PaymentRequirements::compare, value);
  }

  /** A long and an int of one value are one number on the wire. */
  private static int compare(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue());
    }
    return one.equals(other) ? 0 : 1;
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json =
        WireJson.object()
            .put("scheme", scheme)
            .put("network", network)
            .put("amount", amount.toString())
            .put("asset", asset)
            .put("payTo", payTo)
            .put("maxTimeoutSeconds", maxTimeoutSeconds);
    if (!extra.isEmpty()) {
      json.set("extra", extra.deepCopy());
    }
    return json.setAll(rest);
  }
}
