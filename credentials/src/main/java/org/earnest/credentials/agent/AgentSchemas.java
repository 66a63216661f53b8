package org.earnest.credentials.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * JSON Schemas of the credentials of {@link AgentContext}, for issuers that name one as {@code
 * credentialSchema}. A published version never changes.
 */
public final class AgentSchemas {
  /** Where a host serves them; {@link #url} has the same path. */
  public static final String PATH = "/schemas/agent/v1/";

  private static final String ORIGIN = "https://earnest.example";
  private static final String SUFFIX = ".json";
  private static final List<String> NAMES =
      List.of(
          "capability",
          "certification",
          "role",
          "delegation",
          "settlement-receipt",
          "reputation-statement");

  private AgentSchemas() {}

  /** Its identifier: a name that no one can register, and no verifier here ever fetches. */
  public static String url(String name) {
    return ORIGIN + PATH + name + SUFFIX;
  }

  /** All of them by URL. */
  public static Map<String, String> shipped() {
    return NAMES.stream()
        .collect(Collectors.toUnmodifiableMap(AgentSchemas::url, AgentSchemas::document));
  }

  /** The document that a host serves under this file name, such as {@code role.json}. */
  public static Optional<String> file(String file) {
    return NAMES.stream()
        .filter(name -> file.equals(name + SUFFIX))
        .findFirst()
        .map(AgentSchemas::document);
  }

  private static String document(String name) {
    String resource = "schema-" + name + "-v1.json";
    try (InputStream stream =
        Objects.requireNonNull(AgentSchemas.class.getResourceAsStream(resource), resource)) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
