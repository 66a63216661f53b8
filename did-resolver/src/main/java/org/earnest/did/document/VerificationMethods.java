package org.earnest.did.document;

import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.did.key.PublicKeyJwk;
import org.earnest.did.key.PublicKeyMultibase;
import tools.jackson.databind.JsonNode;

/** The ways in which documents spell a key, each read as one of ours. */
final class VerificationMethods {
  private static final Set<String> MULTIBASE_TYPES =
      Set.of("Multikey", "Ed25519VerificationKey2020", "X25519KeyAgreementKey2020");
  private static final Set<String> JWK_TYPES =
      Set.of("JsonWebKey", "JsonWebKey2020", "EcdsaSecp256k1VerificationKey2019");

  private VerificationMethods() {}

  static VerificationMethod read(DidUrl id, Did controller, JsonNode json) {
    if (!json.path("type").isString()) {
      throw new IllegalArgumentException("a verification method has a type");
    }
    String type = json.path("type").stringValue();
    if (type.equals(DidDocumentJson.RECOVERY_METHOD) && json.has("blockchainAccountId")) {
      return new VerificationMethod.BlockchainAccount(
          id, controller, Caip10AccountId.parse(json.path("blockchainAccountId").asString("")));
    }
    return key(type, json)
        .<VerificationMethod>map(key -> new VerificationMethod.Multikey(id, controller, key.text()))
        .orElseGet(() -> new VerificationMethod.Other(id, controller, type));
  }

  private static Optional<PublicKeyMultibase> key(String type, JsonNode json) {
    if (MULTIBASE_TYPES.contains(type) && json.has("publicKeyMultibase")) {
      return multibase(json.path("publicKeyMultibase").asString(""));
    }
    return JWK_TYPES.contains(type) && json.has("publicKeyJwk")
        ? PublicKeyJwk.read(json.path("publicKeyJwk"))
        : Optional.empty();
  }

  /** A key of a kind that we do not know is somebody's business, but not ours. */
  private static Optional<PublicKeyMultibase> multibase(String text) {
    return PublicKeyMultibase.isKnown(text)
        ? Optional.of(PublicKeyMultibase.parse(text))
        : Optional.empty();
  }
}
