package org.earnest.payments.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * x402 inside the Model Context Protocol (transports-v2 and -v1, mcp): an unpaid tool call ends in
 * a result with {@code isError}, a payment travels in {@code _meta} of the parameters, what became
 * of it in {@code _meta} of the result. Both versions are read, and a payment is written in the one
 * that was asked in. The methods that write return a copy.
 */
public final class McpTransport {
  /** Key in {@code params._meta} of a {@link PaymentPayload}. */
  public static final String PAYMENT = "x402/payment";

  /** Key in {@code result._meta} of a {@link SettleResponse}. */
  public static final String PAYMENT_RESPONSE = "x402/payment-response";

  private static final String ERROR = "x402/error";
  private static final int ERROR_CODE = 402;
  private static final String META = "_meta";
  private static final String STRUCTURED = "structuredContent";
  private static final String CONTENT = "content";
  private static final String VERSION = "x402Version";

  private McpTransport() {}

  /** The result of a tool call that is not paid for. */
  public static ObjectNode unpaid(PaymentRequired required) {
    return refusal(required.toJson(), required.error().orElse("Payment required"));
  }

  /** The result of a tool call whose payment failed. */
  public static ObjectNode failed(PaymentRequired required, SettleResponse settlement) {
    ObjectNode data = required.toJson();
    data.set(PAYMENT_RESPONSE, settlement.toJson());
    return refusal(data, required.error().orElse("Payment settlement failed"));
  }

  private static ObjectNode refusal(ObjectNode data, String message) {
    ObjectNode wrapped = WireJson.object();
    ObjectNode error = wrapped.putObject(ERROR).put("code", ERROR_CODE).put("message", message);
    error.set("data", data);
    ObjectNode result = WireJson.object().put("isError", true);
    result.set(STRUCTURED, data);
    result
        .putArray(CONTENT)
        .addObject()
        .put("type", "text")
        .put("text", new String(WireJson.write(wrapped), StandardCharsets.UTF_8));
    return result;
  }

  /**
   * What a tool call's result asks for; empty when it asks for nothing. Looked for in the
   * specification's order: the structured content, an error wrapped there, the first text.
   *
   * @throws WireFormatException when it asks in words that cannot be read
   */
  public static Optional<PaymentRequired> required(ObjectNode result) {
    return asking(result)
        .map(
            json ->
                switch (version(json)) {
                  case V1 -> PaymentRequiredV1.parse(json).toV2();
                  case V2 -> PaymentRequired.parse(json);
                });
  }

  /** The version in which a tool call's result asks; empty when it asks for nothing. */
  public static Optional<X402Version> version(ObjectNode result) {
    return asking(result).map(McpTransport::version);
  }

  private static Optional<JsonNode> asking(ObjectNode result) {
    return result.path("isError").asBoolean(false)
        ? asked(result.path(STRUCTURED)).or(() -> text(result).flatMap(McpTransport::asked))
        : Optional.empty();
  }

  /** What is of no known version is read as version 2, which refuses it. */
  private static X402Version version(JsonNode json) {
    return json.path(VERSION).asInt(0) == PaymentRequiredV1.X402_VERSION
        ? X402Version.V1
        : X402Version.V2;
  }

  private static Optional<JsonNode> asked(JsonNode json) {
    if (json.has(VERSION)) {
      return Optional.of(json);
    }
    return Optional.of(json.path(ERROR).path("data")).filter(data -> data.has(VERSION));
  }

  /** The first text, where it is a JSON object; a tool may fail in prose as well. */
  private static Optional<JsonNode> text(ObjectNode result) {
    JsonNode text =
        result.path(CONTENT) instanceof ArrayNode list
            ? list.path(0).path("text")
            : WireJson.object();
    if (!text.isString()) {
      return Optional.empty();
    }
    try {
      return Optional.of(WireJson.read(text.stringValue().getBytes(StandardCharsets.UTF_8)));
    } catch (WireFormatException prose) {
      return Optional.empty();
    }
  }

  /** A call's parameters with a payment. */
  public static ObjectNode paying(ObjectNode params, PaymentPayload payment) {
    return paying(params, payment, X402Version.V2);
  }

  /** The same in the version in which it was asked for. */
  public static ObjectNode paying(ObjectNode params, PaymentPayload payment, X402Version version) {
    return withMeta(
        params,
        PAYMENT,
        switch (version) {
          case V1 -> PaymentPayloadV1.of(payment);
          case V2 -> payment;
        });
  }

  /**
   * The payment of version 1 in a call's parameters; empty where there is none, or a later one.
   *
   * @throws WireFormatException when it says that it is of version 1, and cannot be read
   */
  public static Optional<PaymentPayloadV1> paymentV1(ObjectNode params) {
    return Optional.of(params.path(META).path(PAYMENT))
        .filter(json -> version(json) == X402Version.V1)
        .map(PaymentPayloadV1::parse);
  }

  /**
   * The payment of version 2 in a call's parameters.
   *
   * @throws WireFormatException when there is something else in its place
   */
  public static Optional<PaymentPayload> payment(ObjectNode params) {
    return meta(params, PAYMENT, PaymentPayload::parse);
  }

  /** A call's result with what became of its payment. */
  public static ObjectNode settled(ObjectNode result, SettleResponse settlement) {
    return withMeta(result, PAYMENT_RESPONSE, settlement);
  }

  /**
   * What became of a payment, by the result of its call, served or not.
   *
   * @throws WireFormatException when there is something else in its place
   */
  public static Optional<SettleResponse> settlement(ObjectNode result) {
    return meta(result, PAYMENT_RESPONSE, SettleResponse::parse)
        .or(() -> member(result.path(STRUCTURED), PAYMENT_RESPONSE, SettleResponse::parse));
  }

  private static ObjectNode withMeta(ObjectNode whole, String key, WireObject object) {
    ObjectNode copy = whole.deepCopy();
    ObjectNode meta = copy.get(META) instanceof ObjectNode present ? present : copy.putObject(META);
    meta.set(key, object.toJson());
    return copy;
  }

  private static <T> Optional<T> meta(ObjectNode whole, String key, Function<JsonNode, T> parser) {
    return member(whole.path(META), key, parser);
  }

  private static <T> Optional<T> member(JsonNode json, String key, Function<JsonNode, T> parser) {
    return Optional.ofNullable(json.get(key)).filter(node -> !node.isNull()).map(parser);
  }
}
