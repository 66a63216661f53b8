package org.earnest.payments.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a facilitator can do.
 *
 * @param signers accounts that send its transactions, by CAIP-2 pattern such as {@code eip155:*}
 * @param rest members that this version does not know
 */
public record SupportedResponse(
    List<Kind> kinds, List<String> extensions, Map<String, List<String>> signers, ObjectNode rest)
    implements WireObject {
  /** A scheme on a network. */
  public record Kind(long x402Version, String scheme, String network, ObjectNode extra) {
    public Kind {
      extra = extra.deepCopy();
    }

    public static Kind of(String scheme, String network) {
      return new Kind(PaymentHeaders.X402_VERSION, scheme, network, WireJson.object());
    }

    /** The same with one more member of {@code extra}. */
    public Kind with(String name, String value) {
      return new Kind(x402Version, scheme, network, extra.deepCopy().put(name, value));
    }

    private static Kind parse(JsonNode json) {
      Members members = Members.of("kind", json);
      return new Kind(
          members.positive("x402Version"),
          members.text("scheme"),
          members.text("network"),
          members.objectOrEmpty("extra"));
    }

    private ObjectNode toJson() {
      ObjectNode json =
          WireJson.object()
              .put("x402Version", x402Version)
              .put("scheme", scheme)
              .put("network", network);
      if (!extra.isEmpty()) {
        json.set("extra", extra.deepCopy());
      }
      return json;
    }
  }

  public SupportedResponse {
    kinds = List.copyOf(kinds);
    extensions = List.copyOf(extensions);
    signers = Map.copyOf(signers);
    rest = rest.deepCopy();
  }

  public static SupportedResponse of(List<Kind> kinds, Map<String, List<String>> signers) {
    return new SupportedResponse(kinds, List.of(), signers, WireJson.object());
  }

  /** The same with one more extension. */
  public SupportedResponse extended(String extension) {
    List<String> all = new ArrayList<>(extensions);
    all.add(extension);
    return new SupportedResponse(kinds, all, signers, rest);
  }

  /** The same with these members that the specification does not know. */
  public SupportedResponse with(ObjectNode members) {
    return new SupportedResponse(kinds, extensions, signers, members);
  }

  public static SupportedResponse parse(JsonNode json) {
    Members members = Members.of("SupportedResponse", json);
    Map<String, List<String>> signers = new TreeMap<>();
    Members byPattern = Members.of("signers", members.objectOrEmpty("signers"));
    List.copyOf(byPattern.rest().propertyNames())
        .forEach(pattern -> signers.put(pattern, byPattern.texts(pattern)));
    return new SupportedResponse(
        members.list("kinds").stream().map(Kind::parse).toList(),
        members.texts("extensions"),
        signers,
        members.rest());
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = WireJson.object();
    ArrayNode list = json.putArray("kinds");
    kinds.forEach(kind -> list.add(kind.toJson()));
    extensions.forEach(json.putArray("extensions")::add);
    ObjectNode accounts = json.putObject("signers");
    new TreeMap<>(signers).forEach((pattern, who) -> who.forEach(accounts.withArray(pattern)::add));
    return json.setAll(rest);
  }
}
