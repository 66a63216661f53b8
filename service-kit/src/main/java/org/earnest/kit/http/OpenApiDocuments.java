package org.earnest.kit.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI documents of a host's services, each and merged. */
final class OpenApiDocuments {
  private final Map<String, byte[]> byService;
  private final byte[] merged;

  private OpenApiDocuments(Map<String, byte[]> byService, byte[] merged) {
    this.byService = byService;
    this.merged = merged;
  }

  static OpenApiDocuments load(HttpService host, List<HttpService> services) {
    Map<String, byte[]> each = new LinkedHashMap<>();
    OpenApiMerge merge = new OpenApiMerge(host.openApi());
    each.put(host.name(), StrictJson.write(host.openApi()));
    for (HttpService service : services) {
      ObjectNode document = service.openApi();
      each.put(service.name(), StrictJson.write(document));
      merge.add(service.name(), document);
    }
    return new OpenApiDocuments(Map.copyOf(each), StrictJson.write(merge.merged()));
  }

  /** The document that a service checked in; a bug where it is missing or not an object. */
  static ObjectNode read(HttpService service) {
    String resource = service.openApiResource();
    try (InputStream in = service.getClass().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(service.name() + " has no resource " + resource);
      }
      JsonNode document = StrictJson.readTree(in.readAllBytes());
      return (ObjectNode) document;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  byte[] merged() {
    return merged.clone();
  }

  Optional<byte[]> of(String service) {
    return Optional.ofNullable(byService.get(service)).map(byte[]::clone);
  }
}
