package org.earnest.credentials.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.earnest.credentials.SchemaCheck;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.model.ContentDigests;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds credentials against JSON Schemas (Verifiable Credentials JSON Schema §2), plain ({@code
 * JsonSchema}) or carried by a credential ({@code JsonSchemaCredential}): those that are shipped,
 * and those that are fetched. Safe for use by many threads.
 */
public final class JsonSchemaCheck implements SchemaCheck {
  public static final String TYPE = "JsonSchema";
  private static final String ACCEPT = "application/schema+json, application/json";
  private static final String ACCEPT_CARRIER =
      "application/vc, application/ld+json, application/json";
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  /** Of a credential; each may cost a fetch. */
  static final int MAX_SCHEMAS = 4;

  /** Characters of schemas that are kept, and of those that are kept compiled. */
  private static final long MAX_KEPT = 16L << 20;

  /** What one that is kept counts as, however short. */
  private static final int KEPT_AT_LEAST = 4_096;

  private final Map<String, String> shipped;
  private final DocumentSource source;
  private final Cache<String, String> fetched =
      Caffeine.newBuilder()
          .maximumWeight(MAX_KEPT)
          .weigher((String url, String text) -> weight(url) + weight(text))
          .expireAfterWrite(MAX_AGE)
          .build();
  private final Cache<String, CompiledSchema> compiled =
      Caffeine.newBuilder()
          .maximumWeight(MAX_KEPT)
          .weigher((String text, CompiledSchema schema) -> weight(text))
          .build();

  /**
   * Knows these.
   *
   * @param shipped schemas, and credentials that carry them, by URL; they are never fetched
   */
  public JsonSchemaCheck(Map<String, String> shipped, DocumentSource source) {
    this.shipped = Map.copyOf(shipped);
    this.source = source;
  }

  @Override
  public String check(Credential credential, Carriers carriers) throws InvalidCredentialException {
    JsonNode schemas = credential.json().path("credentialSchema");
    if (schemas.isArray() && schemas.size() > MAX_SCHEMAS) {
      throw new InvalidCredentialException(
          CredentialRefusal.INVALID_CREDENTIAL,
          "a credential may have " + MAX_SCHEMAS + " schemas at most");
    }
    int obeyed = 0;
    for (JsonNode schema : schemas.isArray() ? schemas : List.of(schemas)) {
      check(credential, (ObjectNode) schema, carriers);
      obeyed++;
    }
    return "obeys " + obeyed + (obeyed == 1 ? " schema" : " schemas");
  }

  private void check(Credential credential, ObjectNode named, Carriers carriers)
      throws InvalidCredentialException {
    String type = named.path("type").asString("");
    boolean carried = type.equals(SchemaCarrier.TYPE);
    if (!carried && !type.equals(TYPE)) {
      throw CompiledSchema.unsupported("its type must be " + TYPE + " or " + SchemaCarrier.TYPE);
    }
    String url = named.path("id").asString("");
    String text = text(url, carried ? ACCEPT_CARRIER : ACCEPT);
    requireMeant(credential, named, url, text);
    // Who carries it is judged each time: it may have ended or been revoked since.
    CompiledSchema schema =
        compiled(carried ? SignableJson.write(SchemaCarrier.schema(text, url, carriers)) : text);
    if (!shipped.containsKey(url)) {
      // What is there already keeps its age.
      fetched.asMap().putIfAbsent(url, text);
    }
    schema.require(credential.json());
  }

  /** Data Model 2.0 §5.3: by the digests that are given here, and those of related resources. */
  private static void requireMeant(Credential credential, ObjectNode named, String url, String text)
      throws InvalidCredentialException {
    byte[] content = text.getBytes(UTF_8);
    if (!ContentDigests.of(named).match(content)) {
      throw new InvalidCredentialException(
          CredentialRefusal.SCHEMA_MISMATCH, "the schema is another than its digest says");
    }
    credential.related().require(url, content);
  }

  private CompiledSchema compiled(String text) throws InvalidCredentialException {
    CompiledSchema schema = compiled.getIfPresent(text);
    if (schema == null) {
      schema = CompiledSchema.of(read(text));
      compiled.put(text, schema);
    }
    return schema;
  }

  private static ObjectNode read(String text) throws InvalidCredentialException {
    try {
      return SignableJson.read(text.getBytes(UTF_8));
    } catch (InvalidCredentialException malformed) {
      throw CompiledSchema.unsupported(malformed.detail());
    }
  }

  private String text(String url, String accept) throws InvalidCredentialException {
    String known = shipped.get(url);
    if (known == null) {
      known = fetched.getIfPresent(url);
    }
    return known == null ? fetch(url, accept) : known;
  }

  private static int weight(String text) {
    return KEPT_AT_LEAST + text.length();
  }

  private String fetch(String url, String accept) throws InvalidCredentialException {
    try {
      return switch (source.get(new URI(url), accept)) {
        case DocumentSource.Answer.Received received -> received.body();
        case DocumentSource.Answer.Refused refused -> throw unavailable(refused.detail());
        case DocumentSource.Answer.Unavailable none -> throw unavailable(none.detail());
      };
    } catch (URISyntaxException notAUrl) {
      throw CompiledSchema.unsupported("its id must be a URL");
    }
  }

  private static InvalidCredentialException unavailable(String detail) {
    return new InvalidCredentialException(
        CredentialRefusal.SCHEMA_UNAVAILABLE, "the schema cannot be had: " + detail);
  }
}
