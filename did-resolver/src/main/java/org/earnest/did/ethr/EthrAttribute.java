package org.earnest.did.ethr;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.did.document.StrictJsonDocument;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.key.PublicKeyType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the name of an attribute says: {@code did/pub/type/purpose/encoding} or a service's. */
sealed interface EthrAttribute {
  /**
   * A public key.
   *
   * @param algorithm the second part of the name
   * @param purpose {@code veriKey}, {@code sigAuth} or {@code enc}; another counts as the first
   */
  record Key(String algorithm, String purpose) implements EthrAttribute {
    /** Empty when the value is no key of this algorithm. */
    Optional<EthrKey> key(String id, Did did, String value) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id);
      try {
        byte[] bytes = Hex.decode(value);
        switch (algorithm) {
          case "Secp256k1" -> EthrKey.secp256k1(json, key(PublicKeyType.SECP256K1, bytes));
          case "Ed25519" ->
              EthrKey.multibase(
                  json, "Ed25519VerificationKey2020", key(PublicKeyType.ED25519, bytes));
          case "X25519" ->
              EthrKey.multibase(
                  json, "X25519KeyAgreementKey2020", key(PublicKeyType.X25519, bytes));
          case "Multikey" ->
              EthrKey.multibase(json, "Multikey", PublicKeyMultibase.ofPrefixed(bytes));
          default -> json.put("type", algorithm).put("publicKeyHex", value.substring(2));
        }
      } catch (IllegalArgumentException noSuchKey) {
        return Optional.empty();
      }
      json.put("controller", did.value());
      return Optional.of(new EthrKey(json, purposes()));
    }

    private static PublicKeyMultibase key(PublicKeyType type, byte[] bytes) {
      return PublicKeyMultibase.of(type, bytes);
    }

    private Set<VerificationRelationship> purposes() {
      return switch (purpose) {
        case "sigAuth" -> EthrKey.AUTHENTICATING;
        case "enc" -> Set.of(VerificationRelationship.KEY_AGREEMENT);
        default -> EthrKey.ASSERTING;
      };
    }
  }

  /** A service. */
  record Service(String type) implements EthrAttribute {
    /** Empty when the value is no text. */
    Optional<ObjectNode> service(String id, String value) {
      return EthrText.of(Hex.decode(value))
          .map(
              text -> {
                ObjectNode json =
                    JsonNodeFactory.instance.objectNode().put("id", id).put("type", type);
                json.set("serviceEndpoint", endpoint(text));
                return json;
              });
    }

    /** Endpoints that are maps or lists are written as JSON. */
    private static JsonNode endpoint(String text) {
      if (text.startsWith("{") || text.startsWith("[") || text.startsWith("\"")) {
        try {
          return StrictJsonDocument.value(text);
        } catch (JacksonException notJson) {
          return JsonNodeFactory.instance.stringNode(text);
        }
      }
      return JsonNodeFactory.instance.stringNode(text);
    }
  }

  /** Empty for a name that means nothing in documents. */
  static Optional<EthrAttribute> parse(Hash32 name) {
    return EthrText.of(name).flatMap(Names::parse);
  }

  /** The grammar of names. */
  final class Names {
    private static final Pattern SYNTAX =
        Pattern.compile("did/(pub|svc)/(\\w+)(?:/(\\w+))?(?:/(\\w+))?");

    private Names() {}

    private static Optional<EthrAttribute> parse(String name) {
      Matcher matcher = SYNTAX.matcher(name);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String purpose = Optional.ofNullable(matcher.group(3)).orElse("");
      return Optional.of(
          matcher.group(1).equals("pub")
              ? new Key(matcher.group(2), purpose)
              : new Service(matcher.group(2)));
    }
  }
}
