package org.earnest.credentials.custody;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.Did;
import org.earnest.credentials.custody.KeyState.Active;
import org.earnest.credentials.custody.KeyState.Retired;
import org.earnest.credentials.custody.KeyState.Revoked;
import org.earnest.credentials.custody.KeyState.Standby;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The register's form. */
final class RegisterJson {
  private static final int VERSION = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private RegisterJson() {}

  static byte[] write(KeyRegister register) {
    ObjectNode json = JSON.createObjectNode().put("version", VERSION);
    register.issuer().ifPresent(did -> json.put("issuer", did.value()));
    json.putArray("keys");
    for (IssuerKey key : register.keys()) {
      ObjectNode entry =
          json.withArray("keys")
              .addObject()
              .put("name", key.name())
              .put("type", key.type().name())
              .put("publicKeyMultibase", key.multibase())
              .put("made", key.made().toString());
      switch (key.state()) {
        case Standby s -> entry.put("state", "standby");
        case Active a -> entry.put("state", "active");
        case Retired retired ->
            entry.put("state", "retired").put("until", retired.until().toString());
        case Revoked revoked -> entry.put("state", "revoked").put("at", revoked.at().toString());
      }
      entry.put("destroyed", key.destroyed());
    }
    return JSON.writeValueAsBytes(json);
  }

  /** Empty for what this class would not write. */
  static Optional<KeyRegister> read(byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
      if (json.path("version").asInt(0) != VERSION || !json.path("keys").isArray()) {
        return Optional.empty();
      }
      List<IssuerKey> keys = new ArrayList<>();
      for (JsonNode entry : json.path("keys")) {
        keys.add(key(entry));
      }
      Optional<Did> issuer =
          json.has("issuer") ? Optional.of(new Did(text(json, "issuer"))) : Optional.empty();
      return Optional.of(new KeyRegister(issuer, keys));
    } catch (JacksonException | IllegalArgumentException | DateTimeException malformed) {
      return Optional.empty();
    }
  }

  private static IssuerKey key(JsonNode entry) {
    String multibase = text(entry, "publicKeyMultibase");
    KeyType type = KeyType.valueOf(text(entry, "type"));
    if (VerificationKey.parse(multibase).filter(key -> key.type() == type).isEmpty()) {
      throw new IllegalArgumentException("no key");
    }
    return new IssuerKey(
        KeyNames.required(text(entry, "name")),
        type,
        multibase,
        Instant.parse(text(entry, "made")),
        state(entry),
        entry.path("destroyed").asBoolean(false));
  }

  private static KeyState state(JsonNode entry) {
    return switch (text(entry, "state")) {
      case "standby" -> new Standby();
      case "active" -> new Active();
      case "retired" -> new Retired(Instant.parse(text(entry, "until")));
      case "revoked" -> new Revoked(Instant.parse(text(entry, "at")));
      default -> throw new IllegalArgumentException("no state");
    };
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).asString("");
  }
}
