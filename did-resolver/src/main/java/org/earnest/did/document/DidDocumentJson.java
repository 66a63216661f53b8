package org.earnest.did.document;

import java.util.LinkedHashSet;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidService;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON form of a DID document (DID Core §6), with the context that makes it JSON-LD too. */
public final class DidDocumentJson {
  static final String DID_CONTEXT = "https://www.w3.org/ns/did/v1";
  static final String MULTIKEY = "Multikey";
  static final String RECOVERY_METHOD = "EcdsaSecp256k1RecoveryMethod2020";
  static final String MULTIKEY_CONTEXT = "https://w3id.org/security/multikey/v1";
  private static final String RECOVERY_CONTEXT =
      "https://w3id.org/security/suites/secp256k1recovery-2020/v2";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private DidDocumentJson() {}

  /** What a resolution gives as JSON: the controller's own words where there are some. */
  public static ObjectNode write(DidResolution.Resolved resolved) {
    return resolved
        .published()
        .map(StrictJsonDocument::read)
        .orElseGet(() -> write(resolved.document()));
  }

  /**
   * The same with each relative URL of a method or service written out (DID Resolution 1.0 §4.1,
   * {@code expandRelativeUrls}).
   */
  public static ObjectNode expandRelativeUrls(ObjectNode document, Did did) {
    for (JsonNode list : document) {
      if (list instanceof ArrayNode entries) {
        expand(entries, did);
      }
    }
    return document;
  }

  private static void expand(ArrayNode entries, Did did) {
    for (int i = 0; i < entries.size(); i++) {
      JsonNode entry = entries.get(i);
      if (entry.asString("").startsWith("#")) {
        entries.set(i, JSON.stringNode(did + entry.stringValue()));
      } else if (entry instanceof ObjectNode object
          && object.path("id").asString("").startsWith("#")) {
        object.put("id", did + object.path("id").stringValue());
      }
    }
  }

  /** The document as JSON; members without content are left out. */
  public static ObjectNode write(DidDocument document) {
    ObjectNode json = JSON.objectNode();
    ArrayNode context = json.putArray("@context");
    contexts(document).forEach(context::add);
    json.put("id", document.id().value());
    document.alsoKnownAs().stream()
        .sorted()
        .forEach(name -> json.withArray("alsoKnownAs").add(name));
    document
        .verificationMethods()
        .forEach(method -> json.withArray("verificationMethod").add(write(method)));
    for (VerificationRelationship relationship : VerificationRelationship.values()) {
      document.relationships().getOrDefault(relationship, Set.of()).stream()
          .map(DidUrl::toString)
          .sorted()
          .forEach(id -> json.withArray(relationship.property()).add(id));
    }
    document.services().forEach(service -> json.withArray("service").add(write(service)));
    return json;
  }

  private static Set<String> contexts(DidDocument document) {
    Set<String> contexts = new LinkedHashSet<>();
    contexts.add(DID_CONTEXT);
    for (VerificationMethod method : document.verificationMethods()) {
      contexts.add(
          switch (method) {
            case VerificationMethod.Multikey key -> MULTIKEY_CONTEXT;
            case VerificationMethod.BlockchainAccount account -> RECOVERY_CONTEXT;
            case VerificationMethod.Other other -> DID_CONTEXT;
          });
    }
    return contexts;
  }

  private static ObjectNode write(VerificationMethod method) {
    ObjectNode json = JSON.objectNode().put("id", method.id().toString());
    return switch (method) {
      case VerificationMethod.Multikey key ->
          json.put("type", MULTIKEY)
              .put("controller", key.controller().value())
              .put("publicKeyMultibase", key.publicKeyMultibase());
      case VerificationMethod.BlockchainAccount account ->
          json.put("type", RECOVERY_METHOD)
              .put("controller", account.controller().value())
              .put("blockchainAccountId", account.account().toString());
      case VerificationMethod.Other other ->
          json.put("type", other.type()).put("controller", other.controller().value());
    };
  }

  private static ObjectNode write(DidService service) {
    return JSON.objectNode()
        .put("id", service.id())
        .put("type", service.type())
        .put("serviceEndpoint", service.serviceEndpoint());
  }
}
