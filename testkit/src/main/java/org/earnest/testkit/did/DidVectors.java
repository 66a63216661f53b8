package org.earnest.testkit.did;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What any resolver should make of identifiers.
 *
 * @param keys did:key with the bytes of its key
 * @param jwks did:jwk with its key
 * @param malformed identifiers that are none
 * @param logs did:webvh, seen at {@link #NOW}
 */
public record DidVectors(
    List<Key> keys, List<Jwk> jwks, List<Malformed> malformed, List<Log> logs) {
  /** Later entries of a log lie in the future. */
  public static final String NOW = "2026-06-01T00:00:00Z";

  public DidVectors {
    keys = List.copyOf(keys);
    jwks = List.copyOf(jwks);
    malformed = List.copyOf(malformed);
    logs = List.copyOf(logs);
  }

  /** A did:key. */
  public record Key(String did, String curve, String publicKeyHex) {}

  /** A did:jwk. */
  public record Jwk(String did, JsonNode jwk) {}

  /** What is no identifier of its method. */
  public record Malformed(String name, String did) {}

  /**
   * A did:webvh and what is published on the web.
   *
   * @param files by URL
   * @param error DID Resolution's name of it, where the log does not hold
   * @param versionId of the newest version
   */
  public record Log(
      String name,
      String did,
      Map<String, String> files,
      Optional<String> error,
      Optional<String> versionId,
      boolean deactivated) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** All of them. */
  public static DidVectors read() {
    try (InputStream json =
        Objects.requireNonNull(DidVectors.class.getResourceAsStream("vectors.json"))) {
      return JsonMapper.builder()
          .disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build()
          .readValue(json, DidVectors.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
