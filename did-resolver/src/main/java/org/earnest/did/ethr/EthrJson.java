package org.earnest.did.ethr;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.VerificationRelationship;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a document, as the method's specification spells it. */
final class EthrJson {
  private static final String CONTEXT = "@context";
  private static final String DID_CONTEXT = "https://www.w3.org/ns/did/v1";
  private static final Map<String, String> CONTEXTS =
      Map.of(
          "EcdsaSecp256k1RecoveryMethod2020",
          "https://w3id.org/security/suites/secp256k1recovery-2020/v2",
          "EcdsaSecp256k1VerificationKey2019",
          "https://w3id.org/security/v2",
          "Ed25519VerificationKey2020",
          "https://w3id.org/security/suites/ed25519-2020/v1",
          "X25519KeyAgreementKey2020",
          "https://w3id.org/security/suites/x25519-2020/v1",
          "Multikey",
          "https://w3id.org/security/multikey/v1");

  private final Set<String> contexts = new LinkedHashSet<>(Set.of(DID_CONTEXT));
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private boolean needsJwk;
  private boolean needsHex;

  EthrJson(Did did) {
    json.putArray(CONTEXT);
    json.put("id", did.value());
  }

  /** The document of an identity that was given up: nobody can act for it. */
  static ObjectNode deactivated(Did did) {
    return new EthrJson(did).document();
  }

  void add(EthrKey key) {
    String type = key.json().path("type").stringValue();
    if (CONTEXTS.containsKey(type)) {
      contexts.add(CONTEXTS.get(type));
    }
    needsJwk |= key.json().has("publicKeyJwk");
    needsHex |= key.json().has("publicKeyHex");
    json.withArray("verificationMethod").add(key.json());
    for (VerificationRelationship purpose : VerificationRelationship.values()) {
      if (key.purposes().contains(purpose)) {
        json.withArray(purpose.property()).add(key.json().path("id").stringValue());
      }
    }
  }

  void add(ObjectNode service) {
    json.withArray("service").add(service);
  }

  ObjectNode document() {
    contexts.forEach(context -> json.withArray(CONTEXT).add(context));
    ObjectNode terms = JsonNodeFactory.instance.objectNode();
    if (needsHex) {
      terms.put("publicKeyHex", "https://w3id.org/security#publicKeyHex");
    }
    if (needsJwk) {
      terms
          .putObject("publicKeyJwk")
          .put("@id", "https://w3id.org/security#publicKeyJwk")
          .put("@type", "@json");
    }
    if (!terms.isEmpty()) {
      json.withArray(CONTEXT).add(terms);
    }
    return json;
  }
}
