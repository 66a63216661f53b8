package org.earnest.payments.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Objects and headers as the npm packages of version 2.27.0 wrote them. */
public final class GoldenVectors {
  private static final JsonNode ROOT = load("npm-2.27.0.json");
  private static final JsonNode V1 = load("npm-2.27.0-v1.json");
  private static final JsonNode PERMITS = load("npm-2.27.0-permit.json");
  private static final JsonNode TRANSPORTS = load("transports-v2.json");
  private static final JsonNode CHANNELS = load("channel-payloads.json");

  private GoldenVectors() {}

  public static JsonNode json(String name) {
    return ROOT.path(name).path("json");
  }

  public static String header(String name) {
    return ROOT.path(name).path("header").stringValue();
  }

  public static String payer() {
    return ROOT.path("payer").stringValue();
  }

  /** Version 1's. */
  public static ObjectNode v1(String name) {
    return V1.path(name).path("json").asObject().deepCopy();
  }

  public static String headerV1(String name) {
    return V1.path(name).path("header").stringValue();
  }

  /** A payment through Permit2 by a payer that has not approved it, by its scheme. */
  public static ObjectNode permit(String scheme) {
    return PERMITS.path(scheme).asObject().deepCopy();
  }

  static ObjectNode mcp(String name) {
    return TRANSPORTS.path("mcp").path(name).asObject().deepCopy();
  }

  static ObjectNode a2a(String name) {
    return TRANSPORTS.path("a2a").path(name).asObject().deepCopy();
  }

  /** A channel's payload as it is written here: by hand, from no package. */
  static JsonNode channel(String name) {
    return CHANNELS.path(name);
  }

  private static JsonNode load(String name) {
    try (InputStream file = Objects.requireNonNull(GoldenVectors.class.getResourceAsStream(name))) {
      return JsonMapper.shared().readTree(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
