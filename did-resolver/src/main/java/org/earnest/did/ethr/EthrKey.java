package org.earnest.did.ethr;

import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.did.key.PublicKeyJwk;
import org.earnest.did.key.PublicKeyMultibase;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A verification method as the method's specification spells it, and what it may be used for. */
record EthrKey(ObjectNode json, Set<VerificationRelationship> purposes) {
  static final Set<VerificationRelationship> ASSERTING =
      Set.of(VerificationRelationship.ASSERTION_METHOD);
  static final Set<VerificationRelationship> AUTHENTICATING =
      Set.of(VerificationRelationship.AUTHENTICATION, VerificationRelationship.ASSERTION_METHOD);

  static EthrKey controller(Did did, Caip2ChainId chain, EvmAddress owner) {
    return new EthrKey(account(did + "#controller", did, chain, owner), AUTHENTICATING);
  }

  static EthrKey controllerKey(Did did, PublicKeyMultibase key) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", did + "#controllerKey");
    secp256k1(json, key);
    return new EthrKey(json.put("controller", did.value()), AUTHENTICATING);
  }

  /** Empty for a type of delegate that documents do not list. */
  static Optional<EthrKey> delegate(
      String id, Did did, Caip2ChainId chain, String type, EvmAddress delegate) {
    return switch (type) {
      case "veriKey" -> Optional.of(new EthrKey(account(id, did, chain, delegate), ASSERTING));
      case "sigAuth" -> Optional.of(new EthrKey(account(id, did, chain, delegate), AUTHENTICATING));
      default -> Optional.empty();
    };
  }

  static void secp256k1(ObjectNode json, PublicKeyMultibase key) {
    json.put("type", "EcdsaSecp256k1VerificationKey2019")
        .set("publicKeyJwk", PublicKeyJwk.write(key));
  }

  static void multibase(ObjectNode json, String type, PublicKeyMultibase key) {
    json.put("type", type).put("publicKeyMultibase", key.text());
  }

  private static ObjectNode account(String id, Did did, Caip2ChainId chain, EvmAddress account) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("type", "EcdsaSecp256k1RecoveryMethod2020")
        .put("controller", did.value())
        .put("blockchainAccountId", new Caip10AccountId(chain, account).toString());
  }
}
