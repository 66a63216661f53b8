package org.earnest.payments.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Objects and headers as the npm packages of version 2.27.0 wrote them. */
public final class GoldenVectors {
  private static final JsonNode ROOT = load();

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

  private static JsonNode load() {
    try (InputStream file =
        Objects.requireNonNull(GoldenVectors.class.getResourceAsStream("npm-2.27.0.json"))) {
      return JsonMapper.shared().readTree(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
